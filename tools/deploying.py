"""Try docs/deploy.md on a Debian made from nothing: type every command that stands there, and look at what comes of it.

    python3 tools/deploying.py              all of it, a quarter of an hour (`make deployment`)
    python3 tools/deploying.py --from ROOT  with a root that debootstrap has made before

First an older version is installed (`tools/deploy_versions.py` makes it), filled with people, and asked. Then it is
updated to this checkout, to one that does not work, and back; its database is lost and brought back. Each time the same
people get the same answers.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy_page import Page
from deploy_versions import git, make_repository
from nest import Failed, Nest, NoNest, nest
from servers import stop_when_killed

ROOT = Path(__file__).resolve().parents[1]
DOMAIN = "salur.example.go.id"
SITE = f"https://{DOMAIN}"
LIST = "apbd-2026-t1-bogor.csv"
# What stands in the page and cannot be typed here, and why.
NOT_TYPED = {
    "certbot certonly": "there is no authority for certificates to be asked: its files are made by hand",
    "0 5 * * *  rsync": "there is no second machine",
    "sh deploy/secrets.sh": "there is no Docker: tests/deploy looks at the files",
    "cd deploy && docker compose": "there is no Docker: tests/deploy looks at the files",
}
PEOPLE = 2000
ASKED = 20  # people of the list, each time


class Story:
    """What is done one after the other; each step is told with the seconds that it took."""

    def __init__(self, machine: Nest, page: Page, repository: Path) -> None:
        self.machine = machine
        self.page = page
        self.repository = repository
        self.answers: list[str] = []
        self.people: list[tuple[str, str]] = []
        self.took: dict[str, float] = {}

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Tell what is tried, and how long it took."""
        print(f"   {what} … ", end="", flush=True)
        began = time.monotonic()
        yield
        self.took[what] = time.monotonic() - began
        print(f"{self.took[what]:.1f} s", flush=True)

    def type(self, section: str, first: int = 0, last: int | None = None) -> str:
        """Type the commands of a section of the page, or some of them; gives what they said."""
        said = [self.machine.run(command) for command in self.page.take(section, first, last)]
        return "\n".join(said)

    # The parts of the story

    def install(self) -> None:
        """From a fresh Debian to an answer behind TLS, by the page alone."""
        self.machine.run("mkdir -p /srv/backup /media/stick")
        with self.step("Install: packages, release, services, TLS"):
            self.type("Install")
            self.machine.run(f"echo 127.0.0.1 {DOMAIN} >>/etc/hosts")
        expect("immutable" in self.look_at(re.findall(r'/gaya/[^"]+', self.look_at("/"))[0]), "the stylesheet is kept")
        with self.step("Certificate: from an authority, taken into use"):
            self.machine.run(AUTHORITY)
            self.type("Certificate")
            self.trusted = "/srv/authority.pem"
            self.machine.run(f"curl --fail --silent --cacert {self.trusted} {SITE}/")
        with self.step("Keys: on the stick; a backup, tried"):
            self.type("Keys")
        with self.step("The office: an invitation, a list imported and put in force"):
            self.machine.run(SAMPLE)
            lines = self.machine.run(f"cat /srv/salur/{LIST}").splitlines()[1:]
            rows = [line.split(";") for line in lines]
            self.people = [(row[1], row[2]) for row in rows if len(row[1]) == 16 and not row[1].endswith("0000")][
                :ASKED
            ]
            said = self.type("The office")
            expect(re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", said) is not None, "a code for the first operator")
        with self.step(f"{ASKED} people of the list ask behind TLS"):
            before = self.asked_of_pgbouncer()
            self.answers = self.ask()
            expect(
                sum("terdaftar" in answer for answer in self.answers) == ASKED,
                f"they are on the list: {self.answers[:2]}",
            )
            expect(self.asked_of_pgbouncer() > before, "they were answered by way of PgBouncer")
            [stranger] = self.ask([(self.people[0][0], "Somebody Else")])
            expect("tidak kami temukan" in stranger, f"another name opens nothing: {stranger[:300]}")

    def run_it(self) -> None:
        """The bot, the nights, faults, and a restart of the machine."""
        with self.step("Telegram: the bot runs, though Telegram cannot be reached"):
            self.machine.run("sed -i 's/^SALUR_TELEGRAM_TOKEN=.*/SALUR_TELEGRAM_TOKEN=1:nobody/' /etc/salur/salur.env")
            self.machine.run("echo SALUR_TELEGRAM_API=http://127.0.0.1:9 >>/etc/salur/salur.env")
            self.type("Telegram")
        with self.step("Every night: backup written and tried, old things deleted"):
            said = self.type("Every night")
            expect("salur-backup.timer" in said and "salur-purge.timer" in said, "the timers wait")
            self.machine.run("systemctl start salur-purge")
        with self.step("Fenced in: units verified, exposure under 2 of 10"):
            self.machine.run(
                "systemd-analyze verify /etc/systemd/system/salur-*.service /etc/systemd/system/salur-*.timer"
            )
            for unit in ("site", "work", "send", "bot", "backup", "purge"):
                score = self.machine.run(f"systemd-analyze security --no-pager salur-{unit} | tail -n 1")
                expect(float(re.findall(r"(\d+\.\d+)", score)[0]) < 2, score)
            said = self.machine.run(FENCED, input=TRIED_INSIDE)
            expect("all well" in said, said)
        with self.step("The site is killed and comes back"):
            self.machine.run("systemctl kill --signal=KILL --kill-who=main salur-site")
            self.wait_until_ready()
        with self.step("The machine is restarted: all of it comes back"):
            self.machine.shut_down()
            self.machine.boot()
            self.machine.run(f"grep -q {DOMAIN} /etc/hosts || echo 127.0.0.1 {DOMAIN} >>/etc/hosts")
            self.wait_until_ready()
            expect(self.machine.run("systemctl --failed --no-legend").strip() == "", "nothing has failed")
            self.same_answers()
        with self.step("When something does not work: the commands"):
            self.type("When something does not work")

    def update(self) -> None:
        """From the older version to this one, while people look at the site."""
        people = self.count()
        keys = self.machine.run("sha256sum /etc/salur/keys/keys.json /etc/salur/salur.env")
        self.push("new")
        with self.step("Update: the older version becomes this one"), self.watched() as seen:
            self.type("Update", 0, 3)
        told = ", ".join(f"{count} times {status}" for status, count in seen.items())
        print(f"      who looked each 0.2 s meanwhile saw: {told}")
        expect(set(seen) <= {"200", "503"}, "closed politely, and never out of order")
        expect(
            self.machine.run("sha256sum /etc/salur/keys/keys.json /etc/salur/salur.env") == keys, "keys and settings"
        )
        expect(self.count() == people, f"nobody is lost: {people}")
        self.same_answers()
        with self.step("Update --back to the older version, with what was written since"):
            said = self.type("Update", 3)
            expect("0018_waiting" in said, said)
            expect(self.migration() == "0015", "its tables")
            self.same_answers()
        with self.step("and forward again"):
            self.machine.run("/usr/local/src/salur/deploy/install")
            self.same_answers()

    def break_it(self) -> None:
        """A release that changes the tables, deletes what is in them, and does not work."""
        people, migration = self.count(), self.migration()
        release = self.machine.run("readlink /opt/salur/current")
        self.push("broken")
        with self.step("Update to a release that deletes people and does not work: put back"):
            self.machine.run("git -C /usr/local/src/salur pull")
            expect(not self.machine.tries("/usr/local/src/salur/deploy/install >/var/log/broken 2>&1"), "it is told")
        said = self.machine.run("cat /var/log/broken")
        expect("nothing has changed: the site runs as before" in said, said)
        expect(self.machine.run("readlink /opt/salur/current") == release, "the release before")
        expect((self.count(), self.migration()) == (people, migration), "the database as it was")
        self.same_answers()

    def lose_it(self) -> None:
        """The database and the keys are gone: a new machine, the stick and the backups."""
        self.machine.run("systemctl start salur-backup")
        people = self.count()
        self.machine.run(
            "systemctl stop salur-site salur-work salur-send salur-bot pgbouncer && rm /etc/salur/keys/keys.json"
        )
        self.machine.run("cd / && runuser -u postgres -- dropdb salur && systemctl start pgbouncer")
        self.machine.run("rm /opt/salur/current && git -C /usr/local/src/salur reset -q --hard HEAD~1")
        self.machine.run("/usr/local/src/salur/deploy/install")
        expect(self.count() == 0, "an empty site")
        with self.step("Bringing a backup back: the keys from the stick, the database, the same answers"):
            self.type("Bringing a backup back")
            self.wait_until_ready()
        expect(self.count() == people, f"nobody is lost: {people}")
        self.same_answers()

    # What it looks at

    trusted = "/etc/salur/tls/fullchain.pem"

    def look_at(self, path: str) -> str:
        """A page, with its headers, trusting the certificate in use."""
        return self.machine.run(f"curl --include --silent --fail --cacert {self.trusted} {SITE}{path}")

    def ask(self, people: list[tuple[str, str]] | None = None) -> list[str]:
        """What each is answered."""
        visitor = (ROOT / "tools" / "visitor.py").read_text()
        self.machine.run("cat >/usr/local/lib/visitor.py", input=visitor)
        told = {"site": SITE, "trusted": self.trusted, "people": people or self.people}
        answers = self.machine.run(
            "/opt/salur/current/.venv/bin/python /usr/local/lib/visitor.py", input=json.dumps(told)
        )
        return [str(answer) for answer in json.loads(answers)]

    def same_answers(self) -> None:
        """Each is told the same as at first: listed, the same amounts and days."""
        expect(list(map(facts, self.ask())) == list(map(facts, self.answers)), "the same answers")

    def count(self) -> int:
        """How many lines of lists there are."""
        return int(self.database("SELECT count(*) FROM entitlement"))

    def migration(self) -> str:
        """Where the database stands."""
        return self.database("SELECT version_num FROM alembic_version")

    def database(self, statement: str) -> str:
        """What the database says."""
        return self.machine.run(f'cd / && runuser -u postgres -- psql -XqAt salur -c "{statement}"').strip()

    def asked_of_pgbouncer(self) -> int:
        """How many transactions it has handed on."""
        console = "cd / && runuser -u postgres -- psql -XqAt -h /var/run/postgresql -p 6432 -U pgbouncer pgbouncer"
        rows = self.machine.run(f"{console} -c 'SHOW TOTALS'") + self.machine.run(f"{console} -c 'SHOW STATS'")
        return max(int(row.split("|")[1]) for row in rows.splitlines() if row.startswith("salur|"))

    def wait_until_ready(self) -> None:
        """Until people can be answered, a minute at most."""
        until = time.monotonic() + 60
        while not self.machine.tries(f"curl --fail --silent --cacert {self.trusted} {SITE}/"):
            expect(time.monotonic() < until, "the site comes back")
            time.sleep(0.2)

    @contextmanager
    def watched(self) -> Iterator[dict[str, int]]:
        """Look at the first page again and again meanwhile; gives how often which status was seen."""
        seen: dict[str, int] = {}
        done = threading.Event()

        def look() -> None:
            while not done.is_set():
                line = f"curl --silent --output /dev/null --write-out '%{{http_code}}' --cacert {self.trusted} {SITE}/"
                status = self.machine.run(line, check=False)
                seen[status] = seen.get(status, 0) + 1
                done.wait(0.2)

        looking = threading.Thread(target=look)
        looking.start()
        try:
            yield seen
        finally:
            done.set()
            looking.join()

    def push(self, branch: str) -> None:
        """Let the administrator's next `git pull` bring this branch."""
        there = self.machine.root / "srv" / "salur.git"
        git(self.repository, "push", "--quiet", str(there), f"{branch}:main")


AUTHORITY = f"""
set -e; cd /srv; live=/etc/letsencrypt/live/{DOMAIN}; mkdir -p $live
key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -batch"
openssl req -x509 $key -days 9 -subj /CN=Authority -keyout /srv/authority.key -out /srv/authority.pem
openssl req $key -subj /CN={DOMAIN} -keyout $live/privkey.pem -out request
echo "subjectAltName=DNS:{DOMAIN}" >names
openssl x509 -req -in request -days 9 -CA authority.pem -CAkey authority.key -CAcreateserial -extfile names -out leaf
cat leaf authority.pem >$live/fullchain.pem
"""
# An office's file, made by the release as it would be on another machine: in production there is no sample.
SAMPLE = f"""
set -e; cd /opt/salur/current; export SALUR_INSTANCE=/var/empty/sample
.venv/bin/python -m salur sample --out /srv/sample --people {PEOPLE} --today 20-02-2026
cp /srv/sample/{LIST} /srv/salur/ && chown salur /srv/salur/{LIST}
"""
# What leans on native code, in a unit that is fenced in as the others are, by its name.
FENCED = (
    "systemd-run --quiet --wait --pipe --collect --unit=salur-probe --property=EnvironmentFile=/etc/salur/salur.env"
    " /opt/salur/current/.venv/bin/python -"
)
TRIED_INSIDE = """
import io
import typst
from PIL import Image
from salur.core.proposals.photos.pixels import redraw
pdf = typst.compile(b"Salur")
assert pdf.startswith(b"%PDF")
photo = io.BytesIO()
Image.new("RGB", (640, 480)).save(photo, "JPEG")
assert redraw(photo.getvalue())
for place in ("/etc/probe", "/opt/salur/probe", "/srv/salur/probe"):
    try:
        open(place, "w")
    except OSError:
        continue
    raise SystemExit(f"{place} can be written")
print("all well")
"""


def facts(answer: str) -> tuple[bool, list[str], list[str]]:
    """What of an answer has to stay: whether somebody is listed, amounts and days. Words may change with a version."""
    return "terdaftar" in answer, re.findall(r"Rp[\d.]+", answer), re.findall(r"\d{1,2} [A-Z][a-z]+ 20\d\d", answer)


def expect(truth: bool, what: str) -> None:
    """End when something is not as the page says."""
    if not truth:
        raise Failed(f"not so: {what}")


def tell(source: Path | None) -> None:
    """The whole story. Raises Failed, NoNest."""
    page = Page.read(ROOT / "docs" / "deploy.md", {"ADDRESS": "/srv/salur.git"}, NOT_TYPED)
    with tempfile.TemporaryDirectory() as folder, nest(source) as machine:
        repository = Path(folder)
        make_repository(repository)
        git(repository, "init", "--quiet", "--bare", str(machine.root / "srv" / "salur.git"))
        story = Story(machine, page, repository)
        story.push("older")
        began = time.monotonic()
        story.install()
        print(f"   from a fresh Debian to an answer behind TLS: {(time.monotonic() - began) / 60:.1f} minutes")
        for part in (story.run_it, story.update, story.break_it, story.lose_it):
            part()
        expect(page.left() == [], f"commands of the page that nobody typed: {page.left()}")


if __name__ == "__main__":
    given = Path(sys.argv[2]) if sys.argv[1:2] == ["--from"] else None
    stop_when_killed()
    try:
        tell(given)
    except (Failed, NoNest) as failure:
        sys.exit(f"\n{failure}")
    print("All of the page is true.")
