"""What the person at this machine allows, which no corpus, codebook or run from elsewhere may decide.

It is said on the command line or in a file of settings of one's own.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from press_themes.errors import ConfigurationError
from press_themes.strict_yaml import read_as

#: Set by the command line, so that the kernels of notebooks know it, too.
ALLOWED = "PRESS_THEMES_LANGUAGE_SERVICE"
KEY = "PRESS_THEMES_KEY"
_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Service:
    """A language service that may be asked.

    Attributes
    ----------
    endpoint : str
        Its address; no other one gets its key.
    key_variable : str
        The environment variable that holds its key.
    """

    endpoint: str
    key_variable: str = KEY

    @property
    def key(self) -> str:
        """Return the key; empty where there is none."""
        return os.environ.get(self.key_variable, "")


@dataclass(frozen=True)
class UserFile:
    """What the file of one's own settings may say."""

    language_services: list[Service] = field(default_factory=list)
    reading_limits: dict[str, int | float] = field(default_factory=dict)


def user_file() -> Path:
    """Return where one's own settings lie; the file need not exist.

    Returns
    -------
    Path
        ``settings.yml`` in the folder that the system has for such files.
    """
    import platformdirs

    return platformdirs.user_config_path("press-themes") / "settings.yml"


def read_user_file() -> UserFile:
    """Read one's own settings.

    Returns
    -------
    UserFile
        The defaults where there is no file.

    Raises
    ------
    ConfigurationError
        If it cannot be read or has an unknown key or a wrong value.
    """
    path = user_file()
    return read_as(path, UserFile) if path.exists() else UserFile()


def allow_service(endpoint: str) -> None:
    """Allow a language service in this process and in those it starts.

    Parameters
    ----------
    endpoint : str
        Its address.

    Raises
    ------
    ConfigurationError
        If it is no address.
    """
    split_address(endpoint, "--language-service")
    os.environ[ALLOWED] = endpoint


def find_service(endpoint: str) -> Service | None:
    """Find the permission to ask a language service.

    Parameters
    ----------
    endpoint : str
        The address that a corpus or a run names.

    Returns
    -------
    Service or None
        None where nobody at this machine allowed it.

    Raises
    ------
    ConfigurationError
        If it is no address, or its key would travel unencrypted.
    """
    parts = split_address(endpoint, "corpus.yml")
    own = [Service(os.environ[ALLOWED])] if os.environ.get(ALLOWED) else []
    allowed = [*own, *read_user_file().language_services]
    plain = endpoint.rstrip("/")
    found = next((one for one in allowed if one.endpoint.rstrip("/") == plain), None)
    if found and found.key and parts.scheme == "http" and not is_local(parts):
        raise ConfigurationError(
            endpoint,
            f"would be sent the key in {found.key_variable} unencrypted",
            "use https, or unset the variable",
        )
    return found


def is_local(parts: SplitResult) -> bool:
    """Tell whether an address is one of this machine.

    Parameters
    ----------
    parts : SplitResult
        From `split_address`.

    Returns
    -------
    bool
        Whether its host is this one by one of its usual names.
    """
    return parts.hostname in _LOCAL


def split_address(endpoint: str, said_in: str) -> SplitResult:
    """Split an address into its parts.

    Parameters
    ----------
    endpoint : str
        The address.
    said_in : str
        File or option that says it, for the message.

    Returns
    -------
    SplitResult
        With a scheme and a host.

    Raises
    ------
    ConfigurationError
        If it is none of http or https.
    """
    try:
        parts = urlsplit(endpoint)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    has_blank = any(letter.isspace() or not letter.isprintable() for letter in endpoint)
    if parts.scheme not in ("http", "https") or not host or has_blank:
        raise ConfigurationError(
            said_in,
            f"'{endpoint[:200]}' is not an address",
            "write one like http://localhost:11434/v1",
            "topic_names, endpoint" if said_in.endswith(".yml") else None,
        )
    return parts
