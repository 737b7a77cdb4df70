"""`overflight serve`: the same dashboard in a browser on this machine."""

import importlib.util
import ipaddress
import shlex
import sys

import click

from tui.cli.wiring import StartError, chosen_feed_list, fail, log_to_file

_PORT = 8417


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach that address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def dashboard_command(options: dict[str, str | None], *, fetch: bool) -> str:
    """The command of one tab, for a shell."""
    chosen: list[str] = []
    for name in ("feeds", "db"):
        if (value := options[name]) is not None:
            chosen += [f"--{name}", value]
    return shlex.join(
        [sys.executable, "-m", "tui", "--in-browser", *chosen, *([] if fetch else ["--no-fetch"])]
    )


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=_PORT, show_default=True)
@click.option(
    "--anyone-may-use-it",
    "anyone",
    is_flag=True,
    help="Allow an address that others can reach. There is no password: they see and change what you do.",
)
@click.option("--no-fetch", is_flag=True, help="Only show what is stored; poll nothing.")
@click.pass_obj
def serve(options: dict[str, str | None], host: str, port: int, *, anyone: bool, no_fetch: bool) -> None:
    """Show the dashboard in a browser on this machine; needs the extra `web`.

    Each tab is a dashboard of its own on one database; one process fetches for all. There is no password, so it
    listens on this machine alone, and only for pages of its own address.
    """
    if not is_loopback(host) and not anyone:
        sys.exit(
            fail(
                f"{host} can be reached by others and there is no password; listen on 127.0.0.1, through an SSH tunnel "
                "if you are elsewhere, or add --anyone-may-use-it"
            )
        )
    if importlib.util.find_spec("textual_serve") is None:
        sys.exit(fail("`overflight serve` needs the extra `web`: pip install 'overflight[web]'"))
    try:
        chosen_feed_list(options["feeds"])
    except StartError as problem:
        sys.exit(fail(problem))
    if not is_loopback(host):
        click.echo(
            f"overflight: WARNING: everyone who reaches {host}:{port} can use this dashboard; there is no password",
            err=True,
        )
    log_to_file()
    from tui.cli.web_server import GuardedServer

    server = GuardedServer(
        dashboard_command(options, fetch=not no_fetch),
        host,
        port,
        anyone=not is_loopback(host),
        say=lambda text: click.echo(text, err=True),
    )
    try:
        server.serve()
    except OSError as problem:
        sys.exit(
            fail(f"cannot listen on {host}:{port}: {problem.strerror or problem}; choose another --port")
        )
