"""Why someone was taken off a list or suspended: the codes that offices use, in a resident's words."""

from collections.abc import Mapping
from types import MappingProxyType

from salur.words.language import N_

# Never blaming: some of these are wrong, and the sentence is read by the person it is about.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "died": N_("tercatat sudah meninggal dunia"),
        "moved": N_("tercatat sudah pindah alamat"),
        "double": N_("tercatat dua kali"),
        "no_longer_in_need": N_("dinilai sudah mampu"),
        "receives_other_aid": N_("sudah menerima bantuan lain"),
        "not_found": N_("tidak ditemukan saat didatangi petugas"),
        "account_problem": N_("ada masalah pada rekening atau kartu"),
        "other": N_("alasan lain; tanyakan ke kelurahan"),
    }
)
