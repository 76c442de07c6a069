"""Headline words: those by which a headline comments, announces, speaks or turns, those that name places, and fillers.

Data, no rules: `happenings.py` reads it. Words are folded.
"""

from __future__ import annotations

# Titles that tell about news rather than news: they are not the event that they are about.
ABOUT_NEWS = (
    "what we know|what to know|what s happening|what is happening|what happened|need to know|things to know"
    "|explained|explainer|q a|fact check|analysis|opinion|editorial|guardian view|commentary|podcast|timeline|profile"
    "|a look at|look inside|key dates|key facts|history of|brief history|guide to|in maps|in charts|the story of|the fall of"
    "|lessons|legacy|what it means|what this means|what next|what s next|what comes next|who s who|roots of"
    "|illustrates|casts shadow|casts doubt|shows how|lays bare|raises the spect(?:er|re)|the limits of|waning|a test for"
    "|power ?broker|kingmaker|balance of power|winners and losers"
    "|international reactions?|reactions? pours? in|world condemns|world leaders react|condolences (?:extended|pour)"
    "|in pictures|in photos|photos of|watch live|live updates|live blog|liveblog|as it happened|morning briefing"
    "|daily briefing|week in|world reacts|reactions to|reacts to|recap|interview|the view from|how did|how the|how a"
    "|que sait on|ce que l on sait|ce qu il faut savoir|décryptage|analyse|tribune|éditorial|en direct|réactions"
    "|was wir wissen|kommentar|leitartikel|hintergrund|reaktionen|qué se sabe|claves|análisis|opinión|lo que sabemos"
    "|что известно|аналитика|мнение|колонка|онлайн трансляция|главное за|итоги|analiza|komentarz|co wiemy|analiz|yorum"
)
ABOUT_NEWS_FIRST = (
    "what|why|how|who|where|when|is|are|can|could|will|does|do|should|pourquoi|comment|qui|quel|quelle|warum|wie|wer|wieso"
    "|photos|photo|pictures|gallery|por|cómo|quién|почему|как|кто|зачем|dlaczego|jak|kim|live|watch|video|map|factbox|chart|neden|nasıl"
)

# A meeting or a visit that is still to come.
PLANNED = (
    "(?:to|will) (?:meet|visit|host|hold|travel|attend|resume|convene|receive|fly|arrive)|will discuss"
    "|(?:set|due) (?:for|in)|(?:set|due) to (?:meet|visit|host|hold|travel|attend|resume|arrive)"
    "|va (?:rencontrer|recevoir|visiter|accueillir)|se rendra|rencontrera|recevra|wird (?:besuchen|treffen)"
    "|se reunirá|visitará|встретятся|встретится|посетит|проведут|проведет"
)

# By what one tells, before a colon, that it is a speaker and not a label; beginnings of words.
SPEAKERS = (
    "mfa baku yerevan stepanakert aliyev pashinyan ministr minister spokes ambassador envoy president premier"
    " мид баку ереван алиев пашинян министр посол президент премьер представитель bakou erevan porte sprecher außenminister"
)

# Verbs of saying at the end of a headline, where some languages have them.
SAID_LAST = "kınadı uyardı çağırdı suçladı istedi reddetti yalanladı eleştirdi karşıladı pislədi qınadı çağırıb tələb"

# Where a headline turns from what happened to what it happened after, amid or because of.
TURNS = (
    "after amid amidst as following despite over while since because ahead before days weeks hours fearing raising"
    " après alors malgré avant nach während wake trotz tras mientras ante после на фоне несмотря po mimo sonra"
)

# Places of the conflict that tell two events apart, in their several names. Capitals are left out: they speak.
PLACES: dict[str, str] = {
    "ganja": "ganja gəncə gandja гянджа gyanja gence гяндже",
    "stepanakert": "stepanakert khankendi xankəndi khankendy степанакерт степанакерте ханкенди hankendi",
    "shusha": "shusha shushi шуша шуши şuşa choucha chouchi",
    "lachin": "lachin laçın berdzor лачин лачинский лачинского latchine laçin latschin",
    "agdam": "agdam aghdam ağdam агдам akna",
    "martakert": "martakert aghdara ağdərə мартакерт агдара",
    "martuni": "martuni khojavend мартуни ходжавенд",
    "kalbajar": "kalbajar kelbajar kəlbəcər karvachar кельбаджар",
    "hadrut": "hadrut гадрут",
    "jermuk": "jermuk джермук",
    "goris": "goris горис kornidzor корнидзор",
    "kapan": "kapan капан",
    "tavush": "tavush тавуш kirants киранц berdavan",
    "tovuz": "tovuz товуз",
    "sotk": "sotk vardenis сотк варденис gegharkunik",
    "tegh": "tegh тех",
    "nakhchivan": "nakhchivan nakhichevan naxçıvan нахичевань nahçıvan",
    "zangezur": "zangezur zangazur zəngəzur зангезур zengezur",
    "syunik": "syunik сюник meghri мегри",
    "barda": "barda bərdə барда",
    "terter": "terter tartar tərtər тертер",
    "gyumri": "gyumri гюмри",
    "granada": "granada grenade гранада granadzie",
    "sochi": "sochi сочи",
    "prague": "prague prag прага",
    "munich": "munich münchen мюнхен",
    "chisinau": "chisinau кишинев",
}

# Words that any two news items may share: they never bring two of them together.
COMMON = (
    "the a an and or but of in on at to for from by with without into onto out up down off over under about against"
    " between among through during after before since until amid despite following as if than then that this these"
    " those it its he she they them his her their our we you your i who whom whose which what when where why how is"
    " are was were be been being has have had do does did will would can could may might must shall should not no nor"
    " so such only just also more most much many some any all both each few other another same own very too again"
    " once here there now new news says said say saying told tell tells according report reports reported reporting"
    " announce announced announces statement sources media local officials official government minister ministry"
    " foreign president prime leader leaders country countries state states region regional regions area people"
    " today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday january february march april"
    " june july august september october november december day days week weeks month months year years time hours"
    " hour late early first second last next two three four five six seven eight nine ten one dozens hundreds"
    " thousands least nearly almost around still back make makes made take takes took taken get gets go goes going"
    " come comes came call calls called calling continue set sets amid part parts because while though however"
    " s t u w d ll re ve st nd rd th pm am via per post read original link continue reading full story exclusive"
    " breaking update updated updates latest live afp ap reuters bbc cnn tass rfe rl bloomberg"
    " le la les de des du un une et ou en dans sur pour par avec sans au aux ce cette ces il elle ils elles son sa ses"
    " leur qui que quoi dont est sont était été a ont avait plus ne pas se der die das den dem des ein eine einen und"
    " oder im in mit von vom zu zum zur auf für ist sind war hat haben nach bei aus el los las del y o en con por para"
    " su sus al es son fue ha han que lo se и в во на с со по к о об от до за из у не что как это его ее их был была"
    " были для при после также w i z na do po od nie jest są się że o dla przez przy ve bir bu ile için da de"
)
# The topic's own words: every item has them, so sharing them says next to nothing.
TOPICAL = (
    "azerbaijan azeri baku aliyev ilham armenia armenian armenians yerevan nikol pashinyan nagorno karabakh karabkh karabach"
    " karabaj artsakh caucasus breakaway enclave disputed separatist ethnic contested territory soviet azerbaijani"
    " azerbaïdjan arménie arménien haut aserbaidschan armenien bergkarabach berg azerbaiyán armenio азербайджан армен"
    " баку ереван карабах нагорн алиев пашинян azerbejdżan armeni karabachu górskim azerbaycan ermenistan dağlık karabağ"
)
# The two sides, in their several names; beginnings of words.
SIDES: dict[str, str] = {
    "ARM": "armeni yerevan pashiny pashinian pachiny arméni erevan eriwan paschin armeno pasziny ormia erywa армен армян"
    " вірмен ереван єреван пашинян ermeni erivan paşinyan",
    "AZE": "azerbaij azeri baku aliyev alijew aliev azerbaïdj azéri bakou aserbaid azerbaiy bakú azerbejd азербайдж азери"
    " баку алиев алієв azerbaycan bakü",
}
# Those of a side of whom a report counts the fallen, and where they stood; beginnings of words.
PEOPLE = (
    "soldier troop servicem serviceman military personnel civilian officer guard fighter resident villager policem position"
    " żołnierz cywil asker sivil"
)
# Those after whom it may stand whose they are.
PEOPLE_BEFORE = (
    "soldat militaire civil combattant zivilist kämpfer soldado militares civiles военн солдат граждан позици військ"
)
# Those of Karabakh fall on the Armenian side.
OF_KARABAKH = "artsakh karabakh karabagh karabach арцах карабах"
