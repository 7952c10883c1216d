"""Settings: read once from the environment, frozen, and complete or refused."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from salur.core.errors import ConfigError
from salur.core.regions.shipped import meant_regencies, regencies
from salur.core.regions.zones import time_zone

DEVELOPMENT, PRODUCTION = "development", "production"
CITY = "32.71"  # known without a look at the table of regions, which takes a twentieth of a second
JSON, TEXT = "json", "text"
X_FORWARDED, FORWARDED = "X-Forwarded-For", "Forwarded"
# Words that people leave in an example file and forget.
PLACEHOLDERS = frozenset({"changeme", "change-me", "secret", "dev", "development", "password"})


T = TypeVar("T")


def _setting(variable: str, default: T, meaning: str, *, least: int = 0, most: int = 10) -> T:
    """Declare one setting with the variable it comes from; README's table is checked against these.

    `least` and `most` bound those that are numbers.
    """
    bounds = {"least": least, "most": most}
    return field(default=default, metadata={"variable": variable, "meaning": meaning, **bounds})


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """What can be set; an empty text means not set. `repr` shows no values: some are secrets.

    Settings marked * must be set in production.
    """

    env: str = _setting("SALUR_ENV", DEVELOPMENT, "`development`, or `production`: then what is marked * must be set")
    instance: str = _setting("SALUR_INSTANCE", "instance", "folder of the SQLite database, the keys and the secret")
    database_url: str = _setting(
        "SALUR_DATABASE_URL",
        "",
        "* `postgresql://…` (several servers: `postgresql://salur@/salur?host=a,b&port=5432,5432`) or `sqlite:///…`; "
        "default: SQLite in the instance folder",
    )
    keys_file: str = _setting(
        "SALUR_KEYS_FILE", "", "* file with the keys that seal and index; default: in the instance folder"
    )
    secret_key: str = _setting(
        "SALUR_SECRET_KEY", "", "* signs the forms, 32 characters or more; default: a file in the instance folder"
    )
    public_url: str = _setting(
        "SALUR_PUBLIC_URL", "", "* address that residents use; `https://` switches on HSTS and secure cookies"
    )
    database_seconds: int = _setting(
        "SALUR_DATABASE_SECONDS",
        10,
        "how long a statement of the site or the bot may take, 1 to 600; commands and `work` take what they need",
        least=1,
        most=600,
    )
    redis_url: str = _setting("SALUR_REDIS_URL", "", "where all its processes share limits; default: in memory")
    trusted_proxies: int = _setting(
        "SALUR_TRUSTED_PROXIES", 0, "how many proxies in front say who asks, 0 to 10; 0 trusts none"
    )
    proxy_header: str = _setting(
        "SALUR_PROXY_HEADER",
        X_FORWARDED,
        "where they say it: `X-Forwarded-For`, or `Forwarded`, which a proxy must set that hands on `X_Forwarded_For`",
    )
    backups: str = _setting("SALUR_BACKUPS", "", "folder of the backups; default: `backups` in the instance folder")
    city: str = _setting("SALUR_CITY", CITY, "region code of the regency or city that is served")
    office_name: str = _setting("SALUR_OFFICE_NAME", "Dinas Sosial", "the office that residents can go to")
    office_address: str = _setting("SALUR_OFFICE_ADDRESS", "", "its address; what is not set of an office is not shown")
    office_phone: str = _setting("SALUR_OFFICE_PHONE", "", "its telephone number")
    office_hours: str = _setting("SALUR_OFFICE_HOURS", "", "when it is open, such as `Senin-Jumat 08.00-15.00`")
    metrics_port: str = _setting(
        "SALUR_METRICS_PORT",
        "",
        "port for Prometheus, such as `9464` or `127.0.0.1:9464`; default: no figures",
    )
    metrics_folder: str = _setting(
        "SALUR_METRICS_FOLDER", "", "where all processes of a machine count; default: `metrics` in the instance folder"
    )
    logs: str = _setting(
        "SALUR_LOGS", "", "`json`, or `text` without a line for each request; default: `json` in production"
    )
    telegram_token: str = _setting("SALUR_TELEGRAM_TOKEN", "", "the bot's token; without it there is no bot")
    telegram_api: str = _setting("SALUR_TELEGRAM_API", "https://api.telegram.org", "another Bot API server")
    telegram_webhook: str = _setting(
        "SALUR_TELEGRAM_WEBHOOK", "", "https address that Telegram calls; default: the bot asks Telegram (long polling)"
    )
    telegram_webhook_secret: str = _setting(
        "SALUR_TELEGRAM_WEBHOOK_SECRET", "", "secret token of the webhook: 16 to 256 of A-Z a-z 0-9 _ -"
    )
    telegram_webhook_listen: str = _setting(
        "SALUR_TELEGRAM_WEBHOOK_LISTEN", "127.0.0.1:8443", "address and port where the bot listens for the webhook"
    )
    telegram_name: str = _setting("SALUR_TELEGRAM_NAME", "", "user name of the bot, shown on the site")
    push_services: str = _setting(
        "SALUR_PUSH_SERVICES",
        "",
        "push services besides those of Chrome, Firefox, Edge and Safari: `host`, `host:port` or `*.host`, by spaces",
    )

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings. Raises ConfigError with the variable that is missing or wrong."""
        environ = os.environ if environ is None else environ
        values: dict[str, Any] = {}  # a text or a number, as its field is
        for f in fields(cls):
            variable = f.metadata["variable"]
            if text := environ.get(variable, "").strip():
                bounds = f.metadata["least"], f.metadata["most"]
                values[f.name] = _whole_number(variable, text, *bounds) if isinstance(f.default, int) else text
        return cls(**values)._complete()

    def _complete(self) -> Settings:
        """Check what belongs together, and fill in what the instance folder holds by default."""
        if self.env not in (DEVELOPMENT, PRODUCTION):
            raise ConfigError("SALUR_ENV", "must be development or production")
        if self.env == PRODUCTION:
            for name in ("database_url", "keys_file", "secret_key", "public_url"):
                if not getattr(self, name):
                    raise ConfigError(_variable(name), "is required in production")
            if len(self.secret_key) < 32 or self.secret_key.lower() in PLACEHOLDERS:
                raise ConfigError("SALUR_SECRET_KEY", "must be 32 characters or more")
        if self.proxy_header not in (X_FORWARDED, FORWARDED):
            raise ConfigError("SALUR_PROXY_HEADER", "must be X-Forwarded-For or Forwarded")
        if self.logs not in ("", JSON, TEXT):
            raise ConfigError("SALUR_LOGS", "must be json or text")
        if self.metrics_port:
            _check_listen("SALUR_METRICS_PORT", _with_host(self.metrics_port), "must be port or host:port")
        _check_city(self.city)
        _check_scheme("SALUR_PUBLIC_URL", self.public_url, ("https", "http"))
        _check_scheme("SALUR_REDIS_URL", self.redis_url, ("redis", "rediss"))
        if self.telegram_webhook:
            _check_webhook(self.telegram_webhook, self.telegram_webhook_secret)
            _check_listen("SALUR_TELEGRAM_WEBHOOK_LISTEN", self.telegram_webhook_listen, "must be host:port")
        instance = Path(self.instance).absolute()
        return replace(
            self,
            database_url=_with_driver(self.database_url or f"sqlite:///{instance / 'salur.sqlite3'}"),
            keys_file=self.keys_file or str(instance / "keys.json"),
            logs=self.logs or (JSON if self.production else TEXT),
            metrics_folder=self.metrics_folder or str(instance / "metrics"),
            backups=self.backups or str(instance / "backups"),
            secret_key=self.secret_key or _read_secret(instance / "secret"),
        )

    @property
    def production(self) -> bool:
        """Whether residents are served, and nothing is tried out."""
        return self.env == PRODUCTION

    @property
    def metrics_listen(self) -> tuple[str, int] | None:
        """Address and port at which figures are told; None where none are kept."""
        host, _, port = _with_host(self.metrics_port).rpartition(":")
        return (host.strip("[]"), int(port)) if port else None

    @property
    def push_hosts(self) -> tuple[str, ...]:
        """Push services that are spoken to besides those that are known."""
        return tuple(self.push_services.split())

    @property
    def site(self) -> str:
        """The address that residents use, without a slash at the end: what links begin with. Empty when not set."""
        return self.public_url.rstrip("/")

    @property
    def zone(self) -> ZoneInfo:
        """The clock of the city that is served."""
        return time_zone(self.city)

    @property
    def https(self) -> bool:
        """Whether residents reach the site over https."""
        return urlsplit(self.public_url).scheme == "https"

    def __repr__(self) -> str:
        return f"<Settings {self.env}>"


def _variable(name: str) -> str:
    return next(str(f.metadata["variable"]) for f in fields(Settings) if f.name == name)


def _whole_number(variable: str, text: str, least: int, most: int) -> int:
    if not text.isdecimal() or len(text) > 9 or not least <= int(text) <= most:
        raise ConfigError(variable, f"must be a whole number from {least} to {most}")
    return int(text)


def _with_driver(url: str) -> str:
    """`postgres://` and `postgresql://` both mean psycopg 3."""
    for old in ("postgres://", "postgresql://"):
        if url.startswith(old):
            return "postgresql+psycopg://" + url.removeprefix(old)
    return url


def _read_secret(path: Path) -> str:
    """The instance's own secret, or nothing: `salur.wiring.build` refuses an empty one."""
    return path.read_text().strip() if path.is_file() else ""


def _check_city(code: str) -> None:
    """Refuse what is no regency or city: kelurahan to choose from, and every time that is told, depend on it."""
    if code != CITY and code not in regencies():
        raise ConfigError("SALUR_CITY", "must be the code of a regency or city, such as 32.71", meant_regencies(code))


def _check_scheme(variable: str, url: str, schemes: tuple[str, ...]) -> None:
    """Refuse an address without its scheme: a bare host name would quietly mean neither HSTS nor secure cookies."""
    parts = urlsplit(url)
    if url and (parts.scheme not in schemes or not parts.hostname):
        raise ConfigError(variable, "must be " + " or ".join(f"{scheme}://…" for scheme in schemes))


def _check_webhook(url: str, secret: str) -> None:
    parts = urlsplit(url)
    local = parts.hostname in ("localhost",) or _is_loopback(parts.hostname or "")
    if parts.scheme != "https" and not local:
        raise ConfigError("SALUR_TELEGRAM_WEBHOOK", "must be an https address")
    if not 16 <= len(secret) <= 256 or not all(c.isascii() and (c.isalnum() or c in "_-") for c in secret):
        raise ConfigError("SALUR_TELEGRAM_WEBHOOK_SECRET", "must be 16-256 of A-Z a-z 0-9 _ -")


def _with_host(listen: str) -> str:
    """A port alone is one of this machine, which nobody else reaches."""
    return f"127.0.0.1:{listen}" if listen.isdecimal() else listen


def _check_listen(variable: str, listen: str, wrong: str) -> None:
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or not 0 <= int(port) < 65536:
        raise ConfigError(variable, wrong)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
