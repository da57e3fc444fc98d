"""Fails if Maven's reports hold a test that was skipped, but for those that nothing but a GPU can run."""

import sys
from pathlib import Path
from xml.etree import ElementTree

ALLOWED = {
    "io.longtake.model.tensorrt.TensorRtIT": "needs a GPU",
    "io.longtake.stage.VideoOnGpuIT": "needs a GPU",
    "io.longtake.model.tensorrt.LoadingIT": "needs NVIDIA's libraries, 1.5 GB, which the profile gpu brings",
}

skipped = sorted(
    {
        (case.get("classname", ""), case.get("name", ""))
        for report in Path().glob("target/*-reports/TEST-*.xml")
        for case in ElementTree.parse(report).iter("testcase")
        if case.find("skipped") is not None
    }
)
for name, why in ALLOWED.items():
    print(f"{sum(test[0] == name for test in skipped)} skipped of {name}, which {why}")
if missed := [f"{name}.{test}" for name, test in skipped if name not in ALLOWED]:
    sys.exit("skipped, though CI must run them: " + ", ".join(missed))
