/*
 * A driver without a device, for the way through the real libraries on machines that have neither. The CUDA runtime asks for
 * all it needs by cuGetProcAddress; what it gets here answers "no device".
 *
 *   gcc -shared -fPIC -Wl,-soname,libcuda.so.1 -o libcuda.so.1 stub-libcuda.c
 */
#include <stdlib.h>
#include <string.h>

#define SUCCESS 0
#define NO_DEVICE 100

static int no_device(void) { return NO_DEVICE; }

int cuInit(unsigned int flags) {
    (void) flags;
    return NO_DEVICE;
}

/* Version as CUDA counts, 12060 for 12.6, from the environment. */
int cuDriverGetVersion(int *version) {
    const char *given = getenv("STUB_CUDA_DRIVER");
    *version = given ? atoi(given) : 12060;
    return SUCCESS;
}

int cuGetProcAddress_v2(const char *symbol, void **function, int version, unsigned long long flags, int *status) {
    (void) version;
    (void) flags;
    if (strcmp(symbol, "cuInit") == 0) {
        *function = (void *) cuInit;
    } else if (strcmp(symbol, "cuDriverGetVersion") == 0) {
        *function = (void *) cuDriverGetVersion;
    } else if (strncmp(symbol, "cuGetProcAddress", 16) == 0) {
        *function = (void *) cuGetProcAddress_v2;
    } else {
        *function = (void *) no_device;
    }
    if (status) {
        *status = 0;
    }
    return SUCCESS;
}
