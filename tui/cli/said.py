"""What the commands say beside their output: words of files, feeds and arguments cannot act on a terminal."""

import errno

_KEPT = frozenset("\n\u200c\u200d")


def visible(text: str) -> str:
    """The text with one U+FFFD for each control, turn of direction and hidden mark, its lines kept."""
    return "".join(
        letter if letter.isprintable() or letter in _KEPT else " " if letter == "\t" else "\ufffd"
        for letter in text
    )


def output_said(problem: OSError) -> str:
    """Why standard output did not take what was printed."""
    if problem.errno == errno.EBADF:
        return "cannot write the output: standard output is closed; leave out >&-, or name a file"
    return f"cannot write the output: {problem.strerror or problem}"


_CURES = {
    **dict.fromkeys(
        (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
        "what stood there is as it was; free some space there, then do it again",
    ),
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM, errno.EROFS),
        "give yourself the right to, or have it somewhere else (OVERFLIGHT_HOME)",
    ),
}


def file_said(problem: OSError) -> str:
    """Which file could not be read or written and why, and what to do where that can be told."""
    cure = _CURES.get(problem.errno or 0)
    said = f"{problem.filename or 'a file or the output'} cannot be read or written: {problem.strerror}"
    return f"{said}; {cure}" if cure else said
