"""What a city sets on the site."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.core.settings.kinds import BOUNDS, YES, Setting
from salur.words.language import N_, Say

LABELS: Mapping[Setting, str] = MappingProxyType(
    {
        Setting.CITY_NAME: N_("Nama kota atau kabupaten"),
        Setting.HEADER: N_("Kepala surat, tanpa lambang"),
        Setting.OFFICE_NAME: N_("Nama kantor"),
        Setting.OFFICE_ADDRESS: N_("Alamat kantor"),
        Setting.OFFICE_PHONE: N_("Telepon kantor"),
        Setting.OFFICE_HOURS: N_("Jam buka"),
        Setting.FOUR_EYES: N_("Dua orang untuk menerbitkan daftar"),
        Setting.KEPT_DAYS: N_("Lama catatan disimpan, dalam hari"),
        Setting.UPLOADS_DAYS: N_("Lama unggahan menunggu diimpor, dalam hari"),
    }
)
HINTS: Mapping[Setting, str] = MappingProxyType(
    {
        Setting.CITY_NAME: N_("Tampil di samping nama Salur, di semua halaman. Misalnya Kota Bogor."),
        Setting.HEADER: N_("Paling banyak tiga baris, di atas kertas yang dicetak."),
        Setting.OFFICE_NAME: N_("Kantor yang bisa didatangi warga."),
        Setting.OFFICE_ADDRESS: N_("Yang kosong tidak ditampilkan."),
        Setting.OFFICE_HOURS: N_("Misalnya Senin-Jumat 08.00-15.00."),
        Setting.FOUR_EYES: N_("Yang menerbitkan harus orang lain daripada yang menyiapkan."),
    }
)
SETTING_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "settings_changed": N_(
            "Petugas lain baru saja mengubah pengaturan. Periksa lagi isian di bawah, lalu simpan sekali lagi."
        ),
        "setting_changed_since": N_("Isian itu sudah diubah lagi sesudahnya. Batalkan perubahan yang terbaru dulu."),
        "setting_too_long": N_("Tulisannya terlalu panjang, atau barisnya terlalu banyak."),
        "office_name_missing": N_("Nama kantor belum diisi."),
        "kept_days_bounds": N_(
            "Isi dari 365 sampai 395 hari: warga berhak melihat catatan satu tahun, dan dijanjikan kira-kira 13 bulan."
        ),
        "uploads_days_bounds": N_("Isi dari 3 sampai 14 hari."),
    }
)


def label(setting: Setting, say: Say) -> str:
    """`Alamat kantor`."""
    return say(LABELS[setting])


def hint(setting: Setting, say: Say) -> str:
    """What it is for, or its bounds; empty where the label says it."""
    if setting in BOUNDS:
        least, most = BOUNDS[setting]
        return say("Dari {least} sampai {most} hari.", least=least, most=most)
    return say(HINTS[setting]) if setting in HINTS else ""


def shown(setting: Setting, value: str | None, say: Say) -> str:
    """A value in the history."""
    if value is None:
        return say("menurut pemasangan")
    if setting is Setting.FOUR_EYES:
        return say("ya") if value == YES else say("tidak")
    return " / ".join(value.splitlines()) or say("kosong")
