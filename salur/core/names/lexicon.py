"""What is known about Indonesian names: variants, titles, old spelling, Arabic sounds. Data only.

The spelling tables work on capitals without accents. `salur.core.names.spelling` turns a word into *sounds*, one
character each: capitals stand for themselves, small letters for these groups:

    k KH   c CH   x KH or CH before a consonant   s SY, SH, SJ   i SI before a vowel   z DZ   e AI, AE, AY
    a final AH   o final OH   y final IH

Sources: the spelling reforms of 1947 (oe became u) and 1972 (dj j nj sj tj ch became j y ny sy c kh); the habits of
registers of West Java, Java, Sulawesi, Bali and Sumatra as they appear in published lists. See docs/names.md.
"""

from __future__ import annotations

# Letter groups that are one sound. Lookahead where the neighbour decides; the text that matched is the key.
LETTER_GROUPS: tuple[tuple[str, dict[str, str]], ...] = (
    # SYA is SA in some registers and SIA in others, but SA is never SIA (SUSANTI, SUSIANTI): hence two sounds.
    ("SYIY?(?=[AIUEO])|SIY?(?=[AUEO])", {"SYIY": "i", "SYI": "i", "SIY": "i", "SI": "i"}),
    ("S[YJ](?=[AIUEO])|SH", {"SY": "s", "SJ": "s", "SH": "s"}),
    ("KH|C[HK]|C(?![AIUEO])|TJ", {"KH": "k", "CH": "c", "CK": "K", "C": "K", "TJ": "C"}),
    # In Javanese and Sundanese words Z is J and never S: HARJONO and HARSONO, JUMIATI and SUMIATI are two each.
    ("^Z(?=U(?!L|B))|Z(?=O)|(?<=N)Z|(?<=R)Z(?!A$)", {"Z": "J"}),
    (
        "D[JZH]|T[HS]|GH|PH|ZH|JH",
        {"DJ": "J", "DZ": "z", "DH": "D", "TH": "T", "TS": "S", "GH": "G"} | {"PH": "P", "ZH": "Z", "JH": "J"},
    ),
    ("OE|IY(?=[AIUEO])|UW(?=[AIUEO])|IE$", {"OE": "U", "IY": "I", "UW": "U", "IE": "I"}),
    ("A[EIY](?![AIUEO])|A[WO](?![AIUEO])", {"AE": "e", "AI": "e", "AY": "e", "AW": "AU", "AO": "AU"}),
    ("^BH|^RH|^NJ|X|(?<!RN)AH$|[OI]H$", {"BH": "B", "RH": "R", "NJ": "NI", "X": "KS", "AH": "a", "OH": "o", "IH": "y"}),
)
SINGLE_LETTERS = {"Q": "K", "F": "P", "V": "P", "Y": "I"}

# Sounds that registers confuse, and how many sounds a word must have for it: a final H is silent in AMINAH, but
# YAYAH is not YAYA. Not transitive: ZAENAL is JAENAL or SAENAL (Bugis), JAENAL is not SAENAL. So whoever guesses could
# type what sounds like two names (SUKHARTI: SUHARTI, SUKARTI); what only a guesser would gain by stands not here.
ALIKE: dict[str, int] = {
    **dict.fromkeys("kH xH xK xk cH cC ck cx sS si zZ zJ".split(), 1),
    **dict.fromkeys(("ZJ", "ZS"), 4),
    **dict.fromkeys("ao aA oO eE".split(), 5),
    "yI": 6,
}

# Parts of words with several spellings (after doubled letters are made single): letters that every one of them has
# (looking for these is quick), the pattern, the one spelling. ^ and $ are the ends of a word.
PARTS: tuple[tuple[str, str, str], ...] = (
    ("HAM", "M[OU](?:CH|KH|H)AM[AE][DT]", "MUHAMAD"),
    ("HM", "[AO](?:CH|KH|H)M[AE][DT]", "AHMAD"),  # RAHMAT and RAHMAD too; RAHMAH stays apart
    ("OER", "[KC]?HOER", "KHAIR"),
    ("OIR", "[KC]?HOIR", "KHAIR"),
    ("MAN", "SUL(?:E|A[EIY]|E[IY])MAN", "SULAIMAN"),
    ("HUS", "HUS(?:[EI]|A[EIY]|E[IY])N(?!I)", "HUSAIN"),
    ("UNED", "(?<=[JZ])UNED", "UNAED"),
    ("MEMUN", "MEMUN", "MAEMUN"),
    ("ENA", "[JZ]EN(?=A[BL])", "ZAEN"),
    ("ENUD", "[JZ]EN(?=UD)", "ZAEN"),
    ("EIN", "[JZ]EIN", "ZAEN"),
    ("ULE", "[JZ]ULE(?=[HK])", "ZULAE"),
    ("USO", "YUSO(?=[FPV])", "YUSU"),
    ("OMAR", "^OMAR", "UMAR"),
    ("OSMAN", "^OSMAN", "USMAN"),
    ("LAM", "SE?LAM[AE]T", "SLAMET"),
    ("IJA", "(?:[KC]?H|K)[AO][DTL]IJA", "KHADIJA"),  # Bugis and Mandar: HALIJAH
    ("IZA", "(?:[KC]?H|K)[AO][DT]IZA", "KHADIJA"),
    ("LEH", "SH?[AO]LEH", "SALIH"),
    ("OLIH", "SH?OLIH", "SALIH"),
    ("SHALIH", "SHALIH", "SALIH"),
    ("AYA", "R[OU][KQG]AYA", "RUKAYA"),
    ("OYA", "R[OU][KQG]OYA", "RUKAYA"),
    ("AIYA", "R[OU][KQG]AIYA", "RUKAYA"),
    ("HTAR", "M[OU](?:CH|KH|H)TAR", "MUHTAR"),
    ("YIB", "TH?[AO]YIB", "TAIB"),
    ("OIB", "TH?OIB", "TAIB"),
    ("YEB", "TH?[AO]YEB", "TAIB"),
    ("FI", "T(?:O|AU|AW|OU)FI(?=[KQ])", "TAUPI"),
    ("PI", "T(?:O|AU|AW|OU)PI(?=[KQ])", "TAUPI"),
    ("OUD", "ROUD[LH]?[AO]T", "RAUDAT"),
    ("AUD", "RAUD[LH]?[AO]T", "RAUDAT"),
    ("OU", "ROU(?=[FPV])", "RAU"),
    ("AMAD", "RAMAD[LH]?[AO]N", "RAMADAN"),
    ("OMAD", "ROMAD[LH]?[AO]N", "RAMADAN"),
    ("RIDLO", "RIDLO", "RIDO"),
    ("UDIEN", "UDIEN$", "UDIN"),
    ("NOR", "^NOR(?=$|H|AI|AE|AZ|AS|JAN|LA|UL)", "NUR"),
    ("FATKH", "FATKH", "FATH"),
    ("FATCH", "FATCH", "FATH"),
    ("LSUM", "K[AU]LSUM", "KULSUM"),
    ("TSUM", "K[AU]LTSUM", "KULSUM"),
    ("LSOM", "K[AU]LSOM", "KULSUM"),
    ("UB", "YA[CKQ]UB", "YAKUB"),
    ("OB", "YA[CKQ]OB", "YAKUB"),
    # An ayn before a consonant is an apostrophe, a K or nothing. Not in every word: RU'MINI would be RUMINI and RUKMINI
    ("MAKR", "MAKR(?=[UI][FP])", "MAR"),
    ("MAKMU", "MAKMU(?=[NR])", "MAMU"),
    ("MAKSUM", "MAKSUM", "MASUM"),
    ("MUKMIN", "MUKMIN", "MUMIN"),
    ("NIKMA", "NIKMA", "NIMA"),
    ("AKBAN", "(?<=S)AKBAN|(?<=SY)AKBAN", "ABAN"),
    ("AKRON", "(?<=SY)AKRON", "ARON"),
    ("SAKDI", "SAKDI(?=A|Y)", "SADI"),
    ("JAK", "JAK(?=[FP]AR)", "JA"),
    # Christian names: Latin C and CH; J for Y comes with the old spelling
    ("CHRI", "CHRI", "KRI"),
    ("CHAE", "MICHAE", "MIKAE"),
    ("KHAE", "MIKHAE", "MIKAE"),
    ("CHARI", "ZACHARI", "ZAKARI"),
    ("CHOL", "NICHOL", "NIKOL"),
    ("CRIST", "CRIST", "KRIST"),
    ("JHON", "JHON", "JON"),
    ("JOHN", "JOHN(?![AE])", "JON"),
    ("FRANCIS", "FRANCIS", "FRANSIS"),
    ("CUS", "CUS$", "KUS"),
    ("CIA", "CIA$", "SIA"),
    ("VINCEN", "VINCEN", "VINSEN"),
    ("MARCEL", "MARCEL", "MARSEL"),
    ("ICA", "(?<=...)ICA$", "IKA"),
    ("CIL", "C[EI]CIL", "SISIL"),
    ("LUCAS", "LUCAS", "LUKAS"),
    ("CAT", "^CAT", "KAT"),
    ("CAR", "^CAR(?=OL|L)", "KAR"),
    ("CORNEL", "CORNEL", "KORNEL"),
    ("ACOB", "(?<=[JY])ACOB", "AKOB"),
    ("AUGUST", "AUGUST", "AGUST"),
    ("ATIUS", "ATIUS$", "ASIUS"),
    ("HRES", "^THRES", "TERES"),
    ("SARAH", "^SARAH$", "SARA"),
    ("SCA", "SCA$", "SKA"),
    ("CO", "(?:(?<=[SR])|(?<=..I))CO$", "KO"),
    # Javanese words said with A or O. Not every word: SUPARNA and SUPARNO, DARMA and DARMO, HENDRA and HENDRO are two
    # names each, so this is a table of words that are one.
    ("SETYO", "PRASETYO", "PRASETYA"),
    ("ROHO", "NUGROHO", "NUGRAHA"),
    ("CAKSONO", "WICAKSONO", "WICAKSANA"),
    ("BOWO", "(?<=PRA|.WI)BOWO$", "BAWA"),
    ("IBOWO", "^WIBOWO$", "WIBAWA"),
    ("JOYO", "WIJOYO$", "WIJAYA"),
    ("BROTO", "(?<=SU)BROTO$", "BRATA"),
    ("TOMO", "(?<=U)TOMO$|(?<=PRA)TOMO$", "TAMA"),
    # Sundanese EU between consonants is written E as well; MATEUS and EUGENIA are no Sundanese.
    ("EU", "EU(?!S$|GEN|NIK)", "E"),
)

# Where O is the A of an Arabic word, coloured by a heavy consonant: before -> after. Everywhere else A and O differ
# (SUPARNA, SUPARNO). Written in sounds; KO before a group means the sound K, then O, then one of the group.
A_SAID_AS_O: tuple[tuple[str, str], ...] = (
    ("R", "[Hkc](?:M|IM|AI|e|ID|IL)|[sSi]ID|SUL|[ZJ]AK|[ZJ]I|[JZ]AB|PIK|PI[AaI]|BI[AaU]|BANI|ML|KIB|DI[Aa]"),
    ("[HkcK]", "LI|TI[MBP]|DI[MR]|PI[DZS]|PSa|M[DZ]|MI[DS]|NIP[Aa]|BI[BL]|SBUL"),
    ("[Ss]", "LAH|BAR|BIR|BR|MAD|DIK|PI[AaI]|PW|HI[BD]|IM"),
    ("T", "HIR|H[Aa]|LH[Aa]|LI[BP]|RIK|BRA"),
    ("K", "MAR|SIM|HAR|RIa|LBI|BUL|BIL|IIUM"),
    ("G", "P[UA]R|[ZJ]ALI|NI|LI[BP]"),
    ("[ZJ]", "HR"),
    ("L", "TIP"),
    ("PAT", "N[AaI]"),
    ("ISTIK", "M[Aa]"),
    ("MUST", "P"),
    ("TAR", "M(?:$|A|a|I|U)"),
    ("[HKc]R", "M(?:$|A|a|I|U)"),
    ("[HK]AR", "M(?:$|A|a|I|U)"),
    ("[KPMHB]R", "N(?:$|I)"),
    ("ASR", "R"),
    ("eD", "WI"),
    ("AN[Ss]", "R"),
    ("[ZJS]AHR", "$"),
)

# Arabic joins assimilate the article: ABDUL RAHMAN, ABDURRAHMAN; KHAIRUL NISA, KHAIRUNNISA.
ASSIMILATED_ARTICLE = "(?<=[A-Z]{3})UL(?=[RSTDNZ])"

# Whole words written short. Several readings where registers differ (MD. is MUHAMMAD, in Bali MADE).
SHORT_FORMS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys("MUH MOH MOCH MOKH MUCH MUKH MOHD MUHD MHD MHMD MOHM MUHM".split(), ("MUHAMAD",)),
    "MD": ("MUHAMAD", "MADE"),
    **dict.fromkeys("ACH ACHM AKH AHM AHMD ACHMD AH".split(), ("AHMAD",)),
    **dict.fromkeys(("SITTI", "STI", "SITY"), ("SITI",)),
    "ST": ("SITI", "SUTAN"),
    **dict.fromkeys("ABD ABDL ABDOEL ABDU".split(), ("ABDUL",)),
    "DG": ("DAENG",),
    "KR": ("KARAENG",),
    "PG": ("PUANG",),
    "PNG": ("PUANG",),
    **dict.fromkeys(("WYN", "WY"), ("WAYAN",)),
    "DSK": ("DESAK",),
    "NYM": ("NYOMAN",),
    "KT": ("KETUT",),
    "KTT": ("KETUT",),
    "PT": ("PUTU",),
    "KD": ("KADEK",),
    "KDK": ("KADEK",),
    **dict.fromkeys(("KMG", "KM"), ("KOMANG",)),
    "GST": ("GUSTI",),
    "GD": ("GEDE",),
    "NGR": ("NGURAH",),
    "DW": ("DEWA",),
    "NGH": ("NENGAH",),
    "GDE": ("GEDE",),
    "BR": ("BORU",),
    "BQ": ("BAIQ",),
    "LL": ("LALU",),
    "TGK": ("TEUNGKU",),
    "TK": ("TEUKU",),
    **dict.fromkeys(("SYF", "SY"), ("SYARIFAH",)),
    "OD": ("ODE",),
    "BGS": ("BAGUS",),
    "COK": ("COKORDA",),
    "LH": ("LUH",),
    "AGG": ("AGUNG",),
    "NENG": ("ENENG",),
    "NOK": ("DENOK",),
    "HBB": ("HABIB",),
}
# A single letter in front is short for these only: M. RIDWAN is no MAMAN RIDWAN.
FIRST_INITIALS: dict[str, tuple[str, ...]] = {
    "M": ("MUHAMAD",),
    "A": ("AHMAD", "ANDI", "ABDUL"),
    "S": ("SITI",),
    "N": ("NUR",),
    "T": ("TEUKU",),
}

# Words so common that with an initial after them they name nobody: SITI M. is not enough for SITI MAESAROH.
WEAK_WORDS = frozenset(
    "MUHAMAD AHMAD SITI ABDUL NUR NURUL SRI DEWI ANDI DAENG PUANG ENENG TRI DWI EKA MADE WAYAN PUTU KETUT NYOMAN"
    " KADEK KOMANG GUSTI LUH GEDE DEWA IDA ANAK AGUNG BAGUS I NI NENGAH TEUKU TEUNGKU LALU BAIQ BORU SYARIFAH"
    " LA WA ODE".split()
)
# Balinese particles, which registers leave out.
PARTICLES = frozenset(("I", "NI"))

# Titles before a name; they come and go. ANDI, DAENG, PUANG, KARAENG, I and NI are no titles: they belong to the name.
TITLES = frozenset(
    "H HJ HJH HAJI HAJJAH HAJAH KH KHJ KYAI KIAI KIYAI USTAD USTADZ USTAZ USTADZAH UST USTDZ"
    " DRS DRA IR DR DRG PROF TB TUBAGUS RD RADEN R RR RORO RNGT NENG ENENG NEUNG ENEUNG NYI BPK BP BAPAK PAK IBU BU"
    " NY NYONYA TN TUAN NN NONA SDR SDRI ALM ALMARHUM ALMH ALMARHUMAH PDT PENDETA APT".split()
)
AFTER_RADEN = frozenset("MAS AJENG AYU NGANTEN RORO BAGUS".split())
RADEN = frozenset(("RADEN", "RD", "R"))
LATE = frozenset("ALM ALMH ALMARHUM ALMARHUMAH".split())  # also after the name
# Degrees after a name. The first group also without comma or dots; the second only with them.
DEGREES_PLAIN = frozenset(
    "SPD SPDI SPDSD SAG SSOS SSOSI SKOM SKM SKEP SFARM SHUM SPSI SHI SEI SSI SIP STP SPT SSTP SE SH MH MM MPD MPDI"
    " MSI MAG MKES MKOM MSOS AMD AMDKEB AMDKEP AMK AMPD NERS PHD"
    " SIKOM SAKT SARS SDES SDS SFIL SGZ SHUT SKEB SKES SKED SPAR SPSII SSN SSTR STR STRKEB STRKES STH STHI SSY"
    " SPDK SPDH SFILI SKOMI SSTAT SSTP AMAPD AMDKOM AMDAK AMDKES AMDGZ AMDFARM"
    " MHUM MAKT MARS MBIOMED MENG MFARM MFIL MGZ MHI MHUT MIKOM MIP MKEB MKEP MKM MKN MKED"
    " MPDK MPSI MPSDM MPT MSN MSTAT MSY MTH MTR MTI MMPD MPDH APT NS DIPL".split()
)
DEGREES_MARKED = DEGREES_PLAIN | frozenset(
    "ST MT MA BA LC SS SP SIK MSC MBA BSC DRS DRA DR IR H HJ KH SAP SAB SAK SUD SOR SPI MAP MAB MAK MUD MEC"
    " SPA SPAN SPB SPBS SPJP SPKJ SPKK SPM SPN SPOG SPOT SPP SPPD SPPK SPRAD SPS SPTHT SPU".split()
)

# Balinese nobility, two words in one: I.B. OKA
TWO_WORDS: dict[str, tuple[str, ...]] = {
    "IB": ("IDA", "BAGUS"),
    "IA": ("IDA", "AYU"),
    "AA": ("ANAK", "AGUNG"),
    "IGST": ("I", "GUSTI"),
    "LAODE": ("LA", "ODE"),  # Buton, one word or two
    "WAODE": ("WA", "ODE"),
    "LD": ("LA", "ODE"),
    "WD": ("WA", "ODE"),
    "IGA": ("I", "GUSTI", "AYU"),
    "IGN": ("I", "GUSTI", "NGURAH"),
}

FATHER_MARKS = frozenset("BIN BINTI BINTE BT BTE BTI BN BNT BNTI".split())
ALIAS_MARKS = frozenset("ALIAS ALS AKA".split())

# Real names that the rules above would take for one another. In sounds, hence for every spelling of them.
NOT_THE_SAME: tuple[tuple[str, str], ...] = (
    ("NAZIR", "NASIR"),
    ("REZA", "RESA"),
    ("RIZA", "RISA"),
    ("ZAHID", "SAHID"),
    ("ZAMAN", "SAMAN"),
    ("ZAKI", "SAKI"),
    ("SUZANA", "SUJANA"),
    ("NURJANAH", "NURYANAH"),
    ("HARJO", "HARYO"),
    ("MARJO", "MARYO"),
    ("KARJO", "KARYO"),
    ("HARJONO", "HARYONO"),
    ("MARJONO", "MARYONO"),
    ("TARJONO", "TARYONO"),
    ("SARJONO", "SARYONO"),
)
