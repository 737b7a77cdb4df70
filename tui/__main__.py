"""`python -m tui` is the command `overflight`."""

from tui.cli import main

if __name__ == "__main__":
    main()
