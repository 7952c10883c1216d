"""The guides: what each role does, step by step, for a screen and for paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from salur.words.language import N_


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `picture` is the name of a file in `static/guide`, with what it shows."""

    heading: str
    text: str
    picture: str = ""
    shows: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """For whom, and the steps in their order."""

    title: str
    lead: str
    steps: tuple[Step, ...]


GUIDES: Mapping[str, Guide] = MappingProxyType(
    {
        "masuk": Guide(
            N_("Masuk pertama kali"),
            N_("Untuk semua petugas. Perlu sekitar sepuluh menit, satu kali."),
            (
                Step(
                    N_("Siapkan kertas undangan"),
                    N_(
                        "Di kertas ada kode. Kode berlaku tujuh hari, satu kali pakai. Jangan difoto dan jangan "
                        "dikirim."
                    ),
                ),
                Step(
                    N_("Buka alamat di kertas, lalu ketik kodenya"),
                    N_("Pilih sendiri nama pengguna dan kata sandi. Empat kata yang tidak berhubungan mudah diingat."),
                    "join",
                    N_("Halaman untuk mengetik kode undangan"),
                ),
                Step(
                    N_("Masuk dengan nama pengguna dan kata sandi"),
                    N_(
                        "Dinas Sosial memasang langkah kedua: aplikasi di HP yang menampilkan enam angka. Simpan "
                        "kode cadangan di kertas."
                    ),
                    "sign-in",
                    N_("Halaman masuk untuk petugas"),
                ),
                Step(
                    N_("Lupa kata sandi atau HP hilang?"),
                    N_(
                        "Datang ke kantor yang mengundang Anda. Kantor itu membuat kode baru. Salur tidak pernah "
                        "meminta kode lewat telepon."
                    ),
                ),
            ),
        ),
        "ketua": Guide(
            N_("Seminggu ketua RT dan RW"),
            N_("Cukup beberapa menit, dua kali seminggu."),
            (
                Step(
                    N_("Lihat apa yang menunggu"),
                    N_("Halaman pertama menghitung pekerjaan Anda. Yang terlambat ada di atas."),
                    "head-home",
                    N_("Halaman pertama ketua RT dengan pekerjaan yang menunggu"),
                ),
                Step(
                    N_("Baca edaran, lalu tandai"),
                    N_("Buka Edaran. Tekan tombol bahwa edaran sudah dibaca, dan sudah diteruskan kepada warga."),
                ),
                Step(
                    N_("Periksa daftar RT Anda"),
                    N_(
                        "Buka Daftar. Saring siapa yang belum mengambil, lalu ingatkan orangnya: tempat, hari, dan "
                        "yang dibawa."
                    ),
                    "head-list",
                    N_("Daftar penerima satu RT"),
                ),
                Step(
                    N_("Serahkan surat, lalu catat"),
                    N_(
                        "Buka Surat: urutannya dari rumah ke rumah. Tekan tombolnya sesudah surat sampai di "
                        "tangan keluarganya. Di Telegram: /surat. Daftar untuk tanda tangan ada di bawah halaman "
                        "Daftar."
                    ),
                ),
                Step(
                    N_("Beri tanda"),
                    N_(
                        "Ada yang meninggal, pindah, atau perlu diantar ke rumah? Beri tanda. Tanda tidak mengubah "
                        "daftar: kantor yang memutuskan."
                    ),
                ),
                Step(
                    N_("Jawab pengajuan"),
                    N_(
                        "Buka Pengajuan. Kunjungi rumahnya, lalu tulis yang Anda lihat. Tidak ada biaya dan tidak "
                        "ada potongan."
                    ),
                ),
            ),
        ),
        "kelurahan": Guide(
            N_("Sebulan kelurahan dan kecamatan"),
            N_("Meneruskan yang sudah diperiksa RT dan RW, dan menjaga akun di bawah Anda."),
            (
                Step(
                    N_("Putuskan pengajuan"),
                    N_("Buka Pengajuan. Yang terlambat ada di atas. Alasan Anda dibaca pengirimnya."),
                ),
                Step(
                    N_("Layani warga di loket"),
                    N_("Buka Loket. Warga membawa KTP. Nomor yang tertutup bisa dibuka lagi di sini."),
                ),
                Step(
                    N_("Tanyakan surat yang tertahan"),
                    N_(
                        "Buka Kantor, lalu Surat tertahan. RT yang suratnya belum sampai ada di atas: tanyakan kepada "
                        "ketuanya. Surat yang Anda serahkan sendiri dicatat di Surat."
                    ),
                ),
                Step(
                    N_("Tempel poster jadwal"),
                    N_("Buka jadwal kelurahan Anda, tekan Cetak poster, lalu tempel di pos RW dan di kantor."),
                ),
                Step(
                    N_("Jaga akun ketua"),
                    N_(
                        "Buka Kantor, lalu Akun. Undang ketua baru, tutup akun ketua lama, dan isi hari terakhir "
                        "masa tugas."
                    ),
                    "accounts",
                    N_("Semua akun di bawah satu kantor"),
                ),
                Step(
                    N_("Lihat catatan"),
                    N_("Buka Kantor, lalu Catatan: siapa mengerjakan apa di wilayah Anda."),
                ),
            ),
        ),
        "operator": Guide(
            N_("Sebulan operator Dinas Sosial"),
            N_("Dari berkas yang datang sampai warga membacanya."),
            (
                Step(
                    N_("Unggah daftar"),
                    N_("Buka Kantor. Pilih satu berkas atau lebih. Warga belum melihat apa pun."),
                    "lists",
                    N_("Halaman daftar dengan tempat mengunggah"),
                ),
                Step(
                    N_("Periksa yang dipahami, kirim balik yang salah"),
                    N_(
                        "Betulkan kolom yang keliru. Simpan baris yang salah sebagai berkas, kirim ke pengirimnya, "
                        "lalu unggah perbaikannya."
                    ),
                ),
                Step(
                    N_("Lihat apa yang berubah, lalu terbitkan"),
                    N_(
                        "Baca berapa yang baru dan yang keluar di setiap kelurahan. Sesudah terbit, warga langsung "
                        "melihatnya. Salah? Batalkan dengan sebabnya."
                    ),
                    "list",
                    N_("Satu daftar dengan angka perubahannya"),
                ),
                Step(
                    N_("Umumkan jadwal, unggah hasil bayar"),
                    N_(
                        "Setiap perubahan jadwal memberi tahu warga apa yang berlaku sebelumnya. Hasil bayar yang "
                        "tidak cocok kembali sebagai berkas."
                    ),
                ),
                Step(
                    N_("Bagi keluarga ke tempat, hari, dan jam"),
                    N_(
                        "Kantor, lalu Rencana: pilih wilayah, tempat, hari, dan jam yang ada. Setiap keluarga "
                        "mendapat jamnya sendiri. Lihat siapa yang tidak muat, pindahkan RW dengan tangan, "
                        "lalu terbitkan."
                    ),
                ),
                Step(
                    N_("Undang ketua dan atur kota"),
                    N_(
                        "Kantor, lalu Akun: undang banyak ketua sekaligus, cetak dan gunting kertasnya. Kantor, "
                        "lalu Pengaturan: alamat kantor, jam buka, dan dua orang untuk menerbitkan."
                    ),
                    "settings",
                    N_("Pengaturan kota"),
                ),
                Step(
                    N_("Tutup bulan"),
                    N_("Baca Catatan, simpan sebagai xlsx, dan periksa akun yang masa tugasnya segera selesai."),
                    "record",
                    N_("Catatan siapa mengerjakan apa"),
                ),
                Step(
                    N_("Cari surat yang tertahan"),
                    N_(
                        "Buka Kantor, lalu Surat tertahan. RT dengan laporan warga atau surat yang lama belum "
                        "sampai ada di atas. Hubungi kelurahannya sebelum hari pembayaran."
                    ),
                ),
            ),
        ),
        "juru-bayar": Guide(
            N_("Sehari juru bayar"),
            N_("Di kantor pos atau di titik bayar."),
            (
                Step(
                    N_("Buka daftar"),
                    N_("Buka Daftar. Cari orangnya dengan nama, lalu bandingkan dengan KTP dan surat."),
                ),
                Step(
                    N_("Bayar penuh"),
                    N_("Tidak ada potongan. Yang mewakili harus satu KK dan membawa KK dan KTP asli."),
                ),
                Step(
                    N_("Sesudah selesai"),
                    N_("Tekan Keluar, terutama di komputer bersama."),
                ),
            ),
        ),
    }
)
