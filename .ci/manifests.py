"""Renders k8s/ anew and compares it with what is committed, and has kubernetes-validate look at it.

    manifests.py KUSTOMIZE [--write]

With --write what is rendered takes the place of what is committed. The kinds of KEDA, Strimzi and Prometheus are checked by ManifestsTest.
"""

import copy
import subprocess
import sys
from pathlib import Path

import kubernetes_validate
import yaml

VERSION = "1.34"
CUSTOM = ("kafka.strimzi.io/", "keda.sh/", "monitoring.coreos.com/")
K8S = Path(__file__).resolve().parent.parent / "k8s"


def rendered(kustomize: str, overlay: Path) -> str:
    return subprocess.run([kustomize, "build", str(overlay)], check=True, capture_output=True, text=True).stdout


def own(text: str) -> list[dict]:
    documents = [document for document in yaml.safe_load_all(text) if document]
    return [document for document in documents if not document["apiVersion"].startswith(CUSTOM)]


def is_valid(document: dict) -> bool:
    try:
        kubernetes_validate.validate(document, VERSION, strict=True)
    except kubernetes_validate.ValidationError as fault:
        print(f"{document['kind']} {document['metadata']['name']}: {fault.message}", file=sys.stderr)
        return False
    return True


def finds_a_wrong_field(document: dict) -> bool:
    wrong = copy.deepcopy(document)
    wrong["spec"]["replicaz"] = 1
    return not is_valid(wrong)


def main(kustomize: str, *options: str) -> None:
    faults = []
    for overlay in sorted((K8S / "overlays").iterdir()):
        now = rendered(kustomize, overlay)
        committed = K8S / "rendered" / f"{overlay.name}.yaml"
        if "--write" in options:
            committed.write_text(now)
        if not committed.exists() or committed.read_text() != now:
            faults.append(f"{committed} is not what k8s/overlays/{overlay.name} renders to: run {__file__} KUSTOMIZE --write")
        faults += [f"{overlay.name}: {d['kind']} {d['metadata']['name']}" for d in own(now) if not is_valid(d)]
        deployment = next(d for d in own(now) if d["kind"] == "Deployment")
        if not finds_a_wrong_field(deployment):
            faults.append(f"{overlay.name}: kubernetes-validate does not find a wrong field")
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main(*sys.argv[1:])
