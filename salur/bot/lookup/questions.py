"""What people ask in their own words where the bot waits for a number or for nothing, and the help that fits.

One table: the words of a question, what is answered, and the buttons under it. It is asked only after a text was found
to be no number, never where a name, a place or a story was asked for; and nothing of the text is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from telegram import InlineKeyboardButton

from salur.bot.chat import buttons
from salur.bot.chat.turn import Row
from salur.bot.following import buttons as following_buttons
from salur.bot.proposals import buttons as proposal_buttons
from salur.core.proposals.kinds import Kind
from salur.words.language import N_, Say
from salur.words.trust import trust

WORD = re.compile(r"[^\W\d_]+")
DRAWN_OUT = re.compile(r"(\w)\1{2,}")
ENDINGS = re.compile(r"(?<=\w{4})(?:nya|kah|lah|sih)$")
# How a word is written in chats, and in Sundanese -> the word of the table.
SPELT = {
    spelling: word
    for word, spellings in {
        "kapan": "kpn kapn iraha when",
        "berapa": "brp brpa brapa sabaraha pira much",
        "mana": "dimana dmn dmana kmn kemana kamana where",
        "bagaimana": "gimana gmn gmna bgmn bgmna kumaha how",
        "belum": "blm blom belom blum acan tacan teuacan",
        "sudah": "sdh udah udh dah uda entos atos parantos geus enggeus",
        "dapat": "dpt dapet dapt kenging kengeng meunang kebagian kabagean",
        "tidak": "tdk gak ga gk g nggak ngga enggak engga teu henteu moal tak",
        "siapa": "sp spa saha who",
        "ini": "ieu",
        "jadwal": "schedule jadual",
        "lapor": "report laporkeun",
        "terima": "trima nerima menerima diterima trm nampi ditampi narima katarima",
        "uang": "duit artos acis",
        "minta": "mnta menta penta dipenta diminta dimintai dimintain nyuhunkeun mundut",
        "daftar": "dftr daptar ndaftar ngadaptar register",
        "mengajukan": "ngajukeun ngajuin",
        "tanggal": "tgl tgal tanggalna",
        "uangnya": "artosna duitna",
        "punya": "gaduh gableg",
        "lupa": "hilap poho",
        "hilang": "ical leungit ilang",
        "admin": "min mimin",
        "orang": "jalmi jalma human",
        "telepon": "telp tlp telpon telfon tlpn nelpon telepun",
        "bantuan": "bantuannya bantosan bansos",
        "tempat": "tmpt tempatna panggonan",
        "penipuan": "penipu tipu nipu ditipu scam",
        "hoaks": "hoax bohong",
        "aduan": "pengaduan mengadu ngadu complain komplain keluhan",
    }.items()
    for spelling in spellings.split()
}


@dataclass(frozen=True, slots=True)
class Topic:
    """What is asked: any of these groups of words, each whole in the text; `*` stands for any ending."""

    words: str
    help: str
    rows: Callable[[Say], tuple[Row, ...]]
    with_trust: bool = False  # and what Salur never asks for

    def told(self, say: Say) -> str:
        """The help, in a language."""
        if not self.with_trust:
            return say(self.help)
        return f"{say(self.help)}\n\n🔒 {trust(say)} " + say("Ada yang memintanya? Itu *penipu*. Laporkan.")

    def fits(self, words: frozenset[str]) -> bool:
        """Whether somebody who uses these words asks this."""
        return any(all(_stands(word, words) for word in group.split()) for group in self.words.split("|"))


def _check(say: Say) -> tuple[Row, ...]:
    return (buttons.check(say),)


def _schedule(say: Say) -> tuple[Row, ...]:
    return (buttons.schedule(say), *_check(say))


def _begin(kind: Kind, label: str) -> Row:
    """The button that begins a proposal of this kind."""
    return (InlineKeyboardButton(label, callback_data=f"{proposal_buttons.PROPOSE}:{kind}"),)


def _report(say: Say) -> tuple[Row, ...]:
    return (_begin(Kind.LAPORAN, say("Laporkan")),)


HUMAN = N_(
    "*Mau bicara dengan orang?* Datang ke kelurahan pada jam kerja, dengan KTP dan KK. Di sini yang menjawab program."
)
# The first that fits: what is rarer, or graver, stands above what is asked by all.
TOPICS = (
    Topic(
        "hapus nomor | hapus data | hapusin data | hapuskan data",
        N_("*Mau semua yang tersimpan tentang obrolan ini dihapus?* Tekan tombol ini, atau ketik /hapus."),
        lambda say: (following_buttons.forget(say),),
    ),
    Topic(
        "stop | berhenti* | eureun | liren | jangan kirim* | jangan chat | unsubscribe",
        N_(
            "Salur *tidak mengirim pesan sendiri*, kecuali Anda minta dikabari."
            " Mau berhenti dikabari? Tekan tombol ini."
        ),
        lambda say: (following_buttons.stop(say),),
    ),
    Topic(
        "penipuan | hoaks | siapa ini | siapa kamu | siapa anda | siapa salur | apa ini | apa salur | robot"
        " | aman tidak | resmi tidak | asli tidak | benar tidak | bener tidak | percaya | otp | minta pin | kode pin"
        " | nomor pin | password | sandi | link* | tautan",
        N_("*Ini Salur*, program untuk mengecek bantuan sosial. Gratis, tanpa mendaftar."),
        lambda say: (*_report(say), *_check(say)),
        with_trust=True,
    ),
    Topic(
        "potong* | dipotong* | kepotong | pungli | pungutan | dipungut | minta uang | minta bagian | minta jatah"
        " | minta setor* | setoran | sunat | disunat | ditahan | lapor* | melapor* | aduan | curang | korupsi",
        N_(
            "*Bantuan diterima utuh.* Ada potongan, uang diminta, atau surat ditahan? Laporkan."
            " Nama Anda tidak diminta."
        ),
        _report,
    ),
    Topic(
        "belum terima | tidak terima | belum masuk | tidak masuk | cair belum dapat | cair tidak dapat | dibayar* belum"
        " | cair tapi belum",
        N_(
            "*Cek dulu dengan NIK.* Di sana tertulis sudah dibayarkan atau belum."
            " Tertulis sudah, tetapi belum Anda terima? Laporkan."
        ),
        lambda say: (*_check(say), *_report(say)),
    ),
    Topic(
        "lupa nik | lupa nomor | lupa ktp | ktp hilang | kk hilang | tidak ktp | belum ktp | tidak punya nik"
        " | belum punya nik | tidak tahu nik | tidak tau nik | tidak hafal* | tidak hapal* | nik mana | apa nik",
        N_(
            "*NIK juga ada di Kartu Keluarga*, di samping nama. Nomor KK atau kode di surat pemberitahuan juga bisa."
            " Semuanya hilang? Datang ke kelurahan. Gratis."
        ),
        _check,
    ),
    Topic(
        "desil* | dtsen | dtks | layak",
        N_(
            "*Desil* adalah urutan kesejahteraan: 1 paling tidak mampu, 10 paling mampu. Di Salur tidak ada."
            " Lihat di cekbansos.kemensos.go.id, atau tanya kelurahan."
        ),
        _check,
    ),
    Topic(
        "tiket* | sampai mana | usulan saya | pengajuan saya | laporan saya | berapa lama | kapan dijawab",
        N_("*Sudah pernah mengajukan?* Lihat sampai mana dengan kode tiket Anda."),
        lambda say: (proposal_buttons.ticket(say),),
    ),
    Topic(
        "kapan | jadwal* | tanggal | jam berapa | jam buka | hari apa | cair* | pencairan | dicair* | dibayar*"
        " | pembagian | dibagi*",
        N_("*Tanggalnya tertulis di jawaban cek.* Ketik NIK: 16 angka di KTP. Atau lihat jadwal kelurahan."),
        _schedule,
    ),
    Topic(
        "admin mana | mana admin | mana orang",
        HUMAN,
        lambda say: (buttons.guidance(say),),
    ),
    Topic(
        "mana | tempat* | lokasi* | alamat* | ambil* | ngambil* | mengambil | diambil | nyandak",
        N_("*Tempatnya tertulis di jawaban cek*, dengan alamatnya. Ketik NIK: 16 angka di KTP. Atau lihat jadwal."),
        _schedule,
    ),
    Topic(
        "berapa | jumlah* | nominal* | besaran*",
        N_("*Jumlahnya tertulis di jawaban cek.* Ketik NIK: 16 angka di KTP. Diterima utuh, tanpa potongan."),
        _check,
    ),
    Topic(
        "daftar* | mendaftar* | ajukan | mengajukan | diajukan | usul* | mengusulkan | belum dapat | tidak dapat"
        " | tidak terdaftar | belum terdaftar | mau dapat | ingin dapat | hoyong dapat | cara dapat | minta bantuan"
        " | butuh bantuan | minta dibantu | syarat* | apply",
        N_(
            "*Belum dapat? Usulkan keluarga sendiri.* Gratis. RT/RW, kelurahan, dan Dinas Sosial memeriksanya."
            " Cek dulu dengan NIK: mungkin sudah terdaftar."
        ),
        lambda say: (_begin(Kind.USULAN, say("Usulkan penerima")), *_check(say)),
    ),
    Topic(
        "bayar* | biaya | gratis",
        N_("*Semuanya gratis*: mengecek, mengajukan, dan mengambil bantuan. Ada yang minta uang? Laporkan."),
        _report,
    ),
    Topic(
        "admin | operator | petugas | orang | manusia | telepon | hubungi | menghubungi | dihubungi | whatsapp"
        " | nomor wa | cs | bicara | kantor | dinsos | nomor hp",
        HUMAN,
        lambda say: (buttons.guidance(say),),
    ),
)
CHECKING = re.compile(
    r"\b(?:nge-?cek|cek|(?:mem)?eriksa|periksa|pariksa|terdaftar|bansos|bantuan|bantosan|nama saya (?:ada|dapat))\b",
    re.IGNORECASE,
)


def asked(text: str) -> Topic | None:
    """What a text asks; None where that is not known."""
    words = frozenset(map(_plain, WORD.findall(text.lower())))
    return next((topic for topic in TOPICS if topic.fits(words)), None)


def wants_to_check(text: str) -> bool:
    """Whether a text just says what the bot is for: `mau cek bansos dong`."""
    return CHECKING.search(text) is not None


def _plain(word: str) -> str:
    """A word as the table has it: `kapaaan`, `kpn`, `kapankah` and `iraha` are all `kapan`."""
    word = DRAWN_OUT.sub(r"\1", word)
    word = SPELT.get(word, word)
    return SPELT.get(bare := ENDINGS.sub("", word), bare)


def _stands(word: str, words: frozenset[str]) -> bool:
    if word.endswith("*"):
        return any(one.startswith(word[:-1]) for one in words)
    return word in words
