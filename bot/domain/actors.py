"""Who acts, as a reader sees it: the names of actor codes and the flags of states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.places import PlaceNames
from bot.domain.reactions import COLLECTIVE_ACTORS

# ISO 3166-1: alpha-3 and alpha-2 codes side by side, XKX (Kosovo) by custom.
_ISO_3166 = """
ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASCAC ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ
BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN
BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPTCP CPVCV
CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DGADG DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH
ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM
GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN
IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR
KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG
MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT
NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH
PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG
SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX
SYCSC SYRSY TAATA TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ
UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS XKXXK YEMYE ZAFZA
ZMBZM ZWEZW
"""
_ALPHA2 = {pair[:3]: pair[3:] for pair in _ISO_3166.split()} | {"EU": "EU", "UN": "UN"}
_REGIONAL_INDICATOR_A = 0x1F1E6

# Shown whatever a lexicon says: who this is called is part of the dispute.
NEUTRAL_NAMES = {"NKR": "Nagorno-Karabakh authorities"}
# What those are called where a server has chosen one side's names.
SIDED_NAMES = {
    ("NKR", PlaceNames.ARMENIAN): "Artsakh authorities",
    ("NKR", PlaceNames.AZERBAIJANI): "Garabagh authorities",
}
# What a code that names a kind is called where the text names nobody.
COLLECTIVE_NAMES = {"OTHER": "Others", "NGO": "An NGO"}


def flag_of(code: str) -> str:
    """Return the flag emoji of a state, the EU or the UN; "" where there is none, or where one would take sides."""
    alpha2 = _ALPHA2.get(code, "")
    return "".join(chr(_REGIONAL_INDICATOR_A + ord(letter) - ord("A")) for letter in alpha2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorNames:
    """The names of actor codes: language (ISO 639-1) → code → name."""

    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def name(self, code: str, *, language: str = "en", speaker: str | None = None) -> str:
        """Return what the actor is called in a language, in English where it lacks the name, else the code.

        A collective code (`OTHER`, `NGO`) is called by its speaker, where there is one.
        """
        if speaker and code in COLLECTIVE_ACTORS:
            return speaker
        if language == "en" and code in NEUTRAL_NAMES:
            return NEUTRAL_NAMES[code]
        own = self.names.get(language, {}).get(code)
        english = NEUTRAL_NAMES.get(code) or self.names.get("en", {}).get(code) or COLLECTIVE_NAMES.get(code)
        return own or english or code

    def codes(self) -> frozenset[str]:
        """Return every code that has a name."""
        return frozenset(code for names in self.names.values() for code in names)
