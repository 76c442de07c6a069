"""Vocabulary: the words by which headlines tell what kind of event they report, where, and which words say nothing.

Data, no rules: `happenings.py` reads it. Words are folded and given by their beginnings, so that one entry covers the forms
of a word; a full stop at the end asks for the whole word.
"""

from __future__ import annotations

# Tag → beginnings of words, over English, French, German, Spanish, Russian, Polish and Turkish headlines. A tag in capitals
# only combines with others (COMBINED below); one in small letters is a kind of event by itself.
TAGGED: dict[str, str] = {
    "SPEAK": (
        "condemn condemns condemned condemnation denounc deplor slam slams urge urges urged call. calls. called. appeal"
        " warn warns warned warning concern worried alarm critici welcomes welcomed hail hails praise rejects rejected deny"
        " denies denied accus alleg blame vow vows threaten demand. demands. demanded insist rebuk lodges"
        " condamn dénonc appelle. appellent. appel. exhort inquiet préoccup salue. saluent. accuse. réclame exige avertit"
        " verurteil fordert fordern verlang warnt warnen ruft. rufen. besorgt kritisier begrüßt wirft. werfen. mahnt"
        " condena pide. piden. llama. llaman. insta. instan. advierte acusa preocup saluda осуд осужда призва призыв потреб"
        " предупре обеспоко приветств обвин отверг potępi wzywa apel żąda ostrzeg oskarż zaniepok kına kınadı çağrı çağır"
        " uyardı suçla endişe"
    ),
    "OUGHT": "must. should. ought. doit. doivent. muss. müssen. soll. sollen. debe. deben. должен должна должны musi. meli.",
    "FIGHT": (
        "offensive assault attack onslaught bombard shelling shells. shelled shell. pound operation operations campaign"
        " strikes. strike. struck airstrik fighting fight. fights. hostilit clash combat invasion invade invades war."
        " warfare battl raid escalat firefight gunfire missile rocket artillery drone. drones. fire. firing blitz"
        " crossfire skirmish"
        " offensiv attaque bombarde frapp guerre affront angriff angreif beschuss offensiv krieg kampf kämpf gefecht"
        " ofensiva ataque bombardeo guerra combat. combates operación opération einsatz. militäreinsatz militäraktion"
        " militäroperation наступлен атак обстрел операци удар. удары бои. боев. боевы войн столкновен ofensyw atak"
        " ostrzał walk. walki operacj saldırı operasyon çatışma"
    ),
    "BEGIN": "launch begin begins began begun start. starts. started unleash mount. mounts lance. lancé"
    " début beginn startet lanza inicia начал начин rozpocz başla",
    "STOP": (
        "halt stop. stops. stopped stopping end. ends. ended ending cease suspend pause paus freez calm quiet cesse arrêt"
        " met. fin. stopp beend detien cesa fin прекра останов приостан wstrzym zakończ durdur"
    ),
    "ceasefire": (
        "ceasefire truce armistice capitulat surrender disarm cessez trêve waffenruh waffenstillst feuerpause alto."
        " tregua перемири капитул разоруж rozbro rozejm zawieszen ateşkes kapitula entwaffn desarm désarm rendición"
    ),
    "YIELD": "lay. lays. laid. disband concede concedes yield",
    "ARMS": "arms. weapon weapons military. army. forces. troops. fighters. fighting demand. demands",
    "AGREE": "agree agreed agrees deal. deals. agreement accept accepts accord accords reach reached settle broker brokered"
    " einig acuerd соглас соглаш договор porozum zgod anlaş kabul",
    "STATE": "republic government statehood independence institutions autonomy self. rule. république regierung republik"
    " república gobierno республик правительств republika rząd hükümet cumhuriyet",
    "dissolution": (
        "existence exist. exists. disappear dismantl istni rozwiązan likwidac zniknie znika dissolv dissolution abolish"
        " disintegrat auflös löst. dissou disoluci disuelv самоликвид роспуск распус упраздн"
        " прекратит rozwiąz feshed"
    ),
    "TALKS": (
        "talks. talk. meeting meetings meet. meets. met. summit negotiat dialog dialogue pourparlers sommet rencontr"
        " gespräch treffen. gipfel verhandl conversaciones reunión cumbre diálogo переговор встреч саммит rozmow spotkan"
        " szczyt görüşme zirve conference forum"
    ),
    "SHUN": (
        "skip skips snub snubs boycott cancel cancels cancelled scrap shun shuns withdraws pulls pulled pulling quit quits"
        " decline declines refuse refuses absent attend not. wont won refus annul boude absag sagt. boykott rechaz cancela"
        " отказ отмен бойкот odmaw odwoł iptal reddet"
    ),
    "HOST": "host hosts hosting mediat broker offer offers venue propos accueill médiat vermittl mediaci acoge посредни",
    "ATTEND": "attendance confirms confirm attending. confirme bestätigt подтверд",
    "protest": "protest. protests. protesters protestor protested protesting rally rallies demonstrat riot unrest manifest"
    " protestier krawall proteste. disturbios"
    " протест митинг беспоряд zamieszk gösteri",
    "explosion": "explosion blast explode exploding взрыв explosión wybuch patlama",
    "FUEL": "fuel gas. petrol depot station carburant benzin combustible топлив заправ склад",
    "exodus": (
        "refugee exodus flee flees fled fleeing displaced evacuat leave. leaving exode réfugié flücht flieh vertrieben"
        " éxodo refugiad беженц исход. покид uchodź mülteci"
    ),
    "arrest": "arrest detain held. custody jail charged imprison arrêté festgenommen verhaft deten арест задерж"
    " aresztow zatrzym gözalt tutukl",
    "trial": "trial sentenc verdict convict procès urteil prozess juicio суд. приговор proces. wyrok",
    "EXPEL": "recall. recalls recalled expel grata expuls ausweis ausgewies высыл выслал высла wydal sınır",
    "DIPLOMAT": "diplomat embassy ambassador envoy ambassad botschaf embajad дипломат посол посольств dyplomat ambasad",
    "SUMMON": "summon convoqu einbestell convoca вызва вызыва wezwa",
    "blockade": "blockad blocus bloqueo блокад blokad abluka",
    "WAY": "road. roads route corridor border. frontier crossing bridge lachin link. traffic highway railway"
    " route. couloir frontière straße korridor grenze carretera corredor frontera дорог коридор границ droga korytarz"
    " granic sınır koridor",
    "checkpoint": "checkpoint контрольно kontrollpunkt",
    "CLOSE": "shut. shuts close. closes. closed block. blocks. blocked blocking seal. suspends suspension cut. cuts. ferme."
    " bloque schließ sperr cierra bloquea закры перекры zamyk blokuj",
    "REOPEN": "reopen reopens open. opens. opened rouvr wieder öffn reabre abre открыв откры otwier",
    "aid": "aid. humanitarian convoy supplies donat hilfe aide. ayuda помощ гуманитарн pomoc yardım",
    "armament": "radar radars armament weapons. ammunition howitzer jets. missiles. defence defense armement rüstung radares"
    " armas. вооружен оружи",
    "SELL": "sell sells sale supply deliver provide buy buys purchase contract arms. vend livr achèt liefer kauf vende"
    " compra постав продаж прода закуп",
    "court": "lawsuit sues tribunal icj hague icc. criminal ruling court. cour cpi gericht corte суд мсус трибунал trybunał",
    "genocide": "genocide génocide völkermord genocidio геноцид ludobój soykırım",
    "RECOGNISE": "recogni recogniz recognise acknowledg reconna anerkenn reconoc призна uzna tanı",
    "peace": "treaty peace traité paix friedensvertrag frieden paz. мирн мир. договор pokoj barış",
    "SIGN": "sign. signs. signed signing initial initialled initialed join. joins joining approv ratif signe signent"
    " unterzeich firma. firman"
    " подпис ратифи podpis imzala",
    "prisoners": "prisoner captive pows. pow. hostage prisonnier gefangen prisionero пленн заложник jeńc esir",
    "SWAP": "swap exchang release releas freed return hand. handed libèr échang freilass austausch intercambi libera обмен"
    " освобо zwoln",
    "resignation": "resign resignation step. quits démission rücktritt dimisi отставк dymisj istifa",
    "election": "election vote. votes. poll. polls. ballot referendum wahl élection elecci выборы выборов wybor seçim",
    "SHOT": "shoot shoots shot. shooting gunman gunmen sniper",
    "downing": "downed downing abgeschossen abattu derrib сбил сбит zestrzel düşür",
    "AIRCRAFT": "helicopter plane. jet. aircraft drone. uav hélicoptère avion hubschrauber flugzeug helicóptero avión"
    " вертол самолет самолёт беспилот śmigłow samolot uçak",
    "crash": "crash. crashes crashed absturz écras estrell круш рухнул katastrof",
    "quake": "earthquake quake séisme erdbeben terremoto землетряс trzęsien deprem",
    "SANCTIONS": "sanction sanctions sanktion sanciones санкци sankcj yaptırım",
    "mine": "landmine mine. mines. mined minen minas мина. минах подорва mayın",
    "casualties": "kill. killed kills killing dead. dies. died death deaths casualt wounded injured toll tué morts. mort."
    " getötet tote."
    " tot. muerto мертв погиб убит ранен жертв zginę zabit ofiar ölü",
    "withdrawal": "withdraw. withdrawal retreat pullout retire. retrait abzug retirada вывод. выводит отвод wycof çekil",
    "visit": "visit. visits. visited visiting besuch visite visita визит wizyt ziyaret",
    "mission": "mission observers monitors peacekeep beobachter observateur наблюдател миротвор obserwator gözlemci",
    "takeover": "captur seize seizes seized recaptur retake retakes retook regain overrun conquer prise. capturé eroberun"
    " erobert toma. захват взял zdoby ele",
    "mobilisation": "martial mobiliz mobilis conscript reservist mobilmach movilizac мобилизац военное"
    " mobilizac seferberlik",
    "coup": "coup. putsch переворот zamach darbe",
    "VIOLATE": "violat breach breaches breaks break. broken breaking collapse shaky shatter flout viol. verletz violaci"
    " наруш narusz ihlal",
    "LAND": "village villages district districts territories land. lands. villag dorf dörfer aldea aldeas сел. села"
    " wsi. köy",
    "shortage": "hunger starv famine shortage food. bread pénurie faim. hunger hambre escasez голод нехватк głód açlık",
    "alliance": "csto odkb одкб nato membership alliance",
    "hacking": "malware hack. hacker phishing spyware pegasus cyberattack",
    "football": "fans. football soccer qualifier draw. match. goal",
    "motoring": "prix sprint. podium pole",
}

# Two tags that stand together are a kind of event that neither is alone. Earlier lines win, and use their tags up.
COMBINED: tuple[tuple[str, str, str], ...] = (
    ("FIGHT", "hacking", "hacking"),
    ("VIOLATE", "ceasefire", "ceasefire broken"),
    ("AGREE", "ceasefire", "ceasefire"),
    ("SPEAK", "ceasefire", "ceasefire demanded"),
    ("SHUN", "TALKS", "talks shunned"),
    ("SHUN", "SHUN", "talks shunned"),
    ("STOP", "dissolution", "dissolution"),
    ("STOP", "STATE", "dissolution"),
    ("YIELD", "STATE", "dissolution"),
    ("STATE", "dissolution", "dissolution"),
    ("STOP", "FIGHT", "ceasefire"),
    ("FIGHT", "DIPLOMAT", "embassy attack"),
    ("SHOT", "DIPLOMAT", "embassy attack"),
    ("casualties", "DIPLOMAT", "embassy attack"),
    ("SHOT", "AIRCRAFT", "downing"),
    ("YIELD", "ARMS", "ceasefire"),
    ("AGREE", "YIELD", "ceasefire"),
    ("AGREE", "ARMS", "ceasefire"),
    ("STOP", "TALKS", "talks shunned"),
    ("HOST", "TALKS", "talks offered"),
    ("ATTEND", "TALKS", "talks attended"),
    ("EXPEL", "DIPLOMAT", "expulsion"),
    ("SUMMON", "DIPLOMAT", "summons"),
    ("CLOSE", "WAY", "blockade"),
    ("REOPEN", "WAY", "reopening"),
    ("FUEL", "explosion", "explosion"),
    ("downing", "AIRCRAFT", "downing"),
    ("RECOGNISE", "genocide", "genocide"),
    ("SIGN", "court", "court joined"),
    ("SIGN", "peace", "peace deal"),
    ("SIGN", "AGREE", "peace deal"),
    ("AGREE", "peace", "peace deal"),
    ("peace", "TALKS", "talks"),
    ("AGREE", "TALKS", "talks"),
    ("SWAP", "prisoners", "prisoners"),
    ("SELL", "armament", "armament"),
    ("SELL", "ARMS", "armament"),
    ("SWAP", "LAND", "handover"),
    ("BEGIN", "FIGHT", "offensive"),
    ("REOPEN", "FIGHT", "offensive"),
    ("AGREE", "FIGHT", "ceasefire"),
)
# What a tag in capitals is when nothing stands with it.
ALONE: dict[str, str] = {
    "FIGHT": "offensive",
    "SHOT": "offensive",
    "TALKS": "talks",
    "EXPEL": "expulsion",
    "SANCTIONS": "sanctions",
    "RECOGNISE": "recognition",
}
# Kinds under which different outlets file one event.
KIN: tuple[frozenset[str], ...] = (
    frozenset({"ceasefire", "peace deal"}),
    frozenset({"offensive", "takeover", "casualties"}),
    frozenset({"explosion", "casualties"}),
    frozenset({"embassy attack", "casualties"}),
    frozenset({"downing", "crash", "casualties"}),
    frozenset({"blockade", "checkpoint"}),
)

# Titles that tell about news rather than news: they are not the event that they are about.
ABOUT_NEWS = (
    "what we know|what to know|what s happening|what is happening|what happened|need to know|things to know"
    "|explained|explainer|q a|fact check|analysis|opinion|editorial|guardian view|commentary|podcast|timeline|profile"
    "|a look at|look inside|key dates|key facts|history of|brief history|guide to|in maps|in charts|the story of|the fall of"
    "|lessons|legacy|what it means|what this means|what next|what s next|what comes next|who s who|roots of"
    "|illustrates|casts shadow|casts doubt|shows how|lays bare|raises the spect(?:er|re)|the limits of|waning|a test for"
    "|in pictures|in photos|photos of|watch live|live updates|live blog|liveblog|as it happened|morning briefing"
    "|daily briefing|week in|world reacts|reactions to|reacts to|recap|interview|the view from|how did|how the|how a"
    "|que sait on|ce que l on sait|ce qu il faut savoir|décryptage|analyse|tribune|éditorial|en direct|réactions"
    "|was wir wissen|kommentar|leitartikel|hintergrund|reaktionen|qué se sabe|claves|análisis|opinión|lo que sabemos"
    "|что известно|аналитика|мнение|колонка|онлайн трансляция|главное за|итоги|analiza|komentarz|co wiemy|analiz|yorum"
)
ABOUT_NEWS_FIRST = (
    "what|why|how|who|where|when|is|are|can|could|will|does|do|should|pourquoi|comment|qui|quel|quelle|warum|wie|wer|wieso"
    "|por|cómo|quién|почему|как|кто|зачем|dlaczego|jak|kim|live|watch|video|map|factbox|chart|neden|nasıl"
)

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
# The two sides: a headline that joins them ("Armenia and Azerbaijan agree …") says nothing by their order.
SIDES = (
    "azerbaij azeri baku armeni yerevan azerbaïdj arméni erevan bakou aserbaid eriwan azerbaiy azerbay armeno azerbejd"
    " ormia erywa азербайдж армен баку ереван ermeni erivan"
)
