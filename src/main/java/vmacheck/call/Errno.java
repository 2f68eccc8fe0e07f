package vmacheck.call;

/// Why a call failed.
public enum Errno {
    EPERM,
    ESRCH,
    EAGAIN,
    ENOMEM,
    EACCES,
    EFAULT,
    EBUSY,
    EEXIST,
    ENODEV,
    EINVAL,
    EBADF,
    EOVERFLOW,
    EOPNOTSUPP,
    ENOSYS
}
