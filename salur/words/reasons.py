"""Why someone was taken off a list or suspended: the codes that offices use, in a resident's words."""

from collections.abc import Mapping
from types import MappingProxyType

from salur.words.language import mark

# Never blaming: some of these are wrong, and the sentence is read by the person it is about.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "died": mark("tercatat sudah meninggal dunia"),
        "moved": mark("tercatat sudah pindah alamat"),
        "double": mark("tercatat dua kali"),
        "no_longer_in_need": mark("dinilai sudah mampu"),
        "receives_other_aid": mark("sudah menerima bantuan lain"),
        "not_found": mark("tidak ditemukan saat didatangi petugas"),
        "account_problem": mark("ada masalah pada rekening atau kartu"),
        "other": mark("alasan lain; tanyakan ke kelurahan"),
    }
)
