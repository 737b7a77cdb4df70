"""`overflight completion`: what lets a shell complete commands, options and their values."""

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_OVERFLIGHT_COMPLETE"
"""What the shell sets when it asks; click makes the name of that of the program."""


def completion_script(shell: str, program: click.Command) -> str:
    """A script for the shell, which asks the program itself at each tab: never out of step with it."""
    made_for = get_completion_class(shell)
    if made_for is None:
        raise ValueError(f"{shell} is no shell that can be helped")
    asking = made_for(program, {}, "overflight", VARIABLE)
    # Not source(): that looks for a bash on this machine, where the script may be made for another.
    return asking.source_template % asking.source_vars()


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that makes SHELL complete commands, options and their values.

    \b
    bash   add to ~/.bashrc (4.4 or newer):   eval "$(overflight completion bash)"
    zsh    add to ~/.zshrc, after compinit:   eval "$(overflight completion zsh)"
    fish   overflight completion fish > ~/.config/fish/completions/overflight.fish
    """  # noqa: D301 - click's mark for a block kept as it is
    click.echo(completion_script(shell, ctx.find_root().command), nl=False)
