/* A disk on which keeping takes a second (SLOW_FLAG exists) or fails (FAIL_FLAG exists); for tests/faults/test_disk.py. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int meets(void) {
    const char *slow = getenv("SLOW_FLAG"), *fail = getenv("FAIL_FLAG");
    if (slow && access(slow, F_OK) == 0) usleep(1000000);
    if (fail && access(fail, F_OK) == 0) {
        errno = EIO;
        return -1;
    }
    return 0;
}

int fsync(int file) { (void)file; return meets(); }
int fdatasync(int file) { (void)file; return meets(); }
