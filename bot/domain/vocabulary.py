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
        " uyardı suçla endişe apologis apologiz regret thank. thanks. thanked defend. defends. defended dismiss"
        " commend. commends respond. responds. responded. hope. hopes. hoped. réagit"
        " believe. believes. believed. expects"
        " ask. asks. asked voice. voices. voiced express. expresses. expressed backs. support. supports. supported lament"
        " clarif sorry. regrett remerci soutien soutient bedauer dankt. unterstütz lamenta agradece apoya. извин благодар"
        " прокоммент отреагир высказал заявлением."
        " поддерж сожале"
        " dzięk popiera przeprasza destek"
    ),
    "OUGHT": "must. should. ought. doit. doivent. muss. müssen. soll. sollen. debe. deben. должен должна должны musi."
    " meli.",
    "FIGHT": (
        "offensive assault attack onslaught bombard shelling shells. shelled shell. pound operation operations campaign"
        " strikes. strike. struck airstrik fighting fight. fights. hostilit clash combat invasion invade invades"
        " battl raid escalat firefight gunfire missile rocket artillery drone. drones. fire. fired. firing blitz"
        " crossfire skirmish tirs. огня. огонь. naciera zbrojn"
        " offensiv attaque bombarde frapp affront angriff angreif beschuss offensiv kampf kämpf gefecht"
        " ofensiva ataque bombardeo combat. combates operación opération einsatz. militäreinsatz militäraktion"
        " militäroperation наступлен атак обстрел операци спецопераци удар. удары бои. боев. боевы столкновен ofensyw atak"
        " ostrzał walk. walki operacj saldırı operasyon çatışma"
    ),
    "WAR": "war. warfare guerre krieg guerra войн wojn",
    "BEGIN": "launch begin begins began begun start. starts. started unleash mount. mounts lance. lancé"
    " début beginn startet lanza inicia начал начин rozpocz başla",
    "STOP": (
        "halt stop. stops. stopped stopping end. ends. ended ending cease suspend pause paus freez frozen calm quiet"
        " cesse arrêt"
        " met. fin. gèle. stopp beend ende. detien cesa fin прекра заморо останов приостан wstrzym zakończ durdur"
    ),
    "ceasefire": (
        "ceasefire truce armistice capitulat surrender disarm cessez trêve waffenruh waffenstillst feuerpause alto."
        " tregua перемири капитул разоруж rozbro rozejm zawieszen ateşkes kapitula entwaffn desarm désarm rendición"
        " kapituluj"
    ),
    "YIELD": "lay. lays. laid. disband concede concedes yield składa",
    "ARMS": "arms. broń. broni. weapon weapons military. army. forces. troops. fighters. fighting demand. demands",
    "TROOPS": "truppen. troupes. tropas. войска. wojska. wojsko.",
    "ENTER": "enter. enters. entered. entering. entrent einrück rücken. rückt. вошл входят wkrocz girdi.",
    "AGREE": "agree agreed agrees deal. deals. agreement accept accepts accord accords reach reached settle broker brokered"
    " convien vereinbar declaration déclaration деклара einig acuerd соглас соглаш договор porozum zgod anlaş kabul",
    "STATE": "republic government statehood independence institutions autonomy self. rule. république regierung republik"
    " república gobierno республик правительств republika rząd hükümet cumhuriyet",
    "dissolution": (
        "existence exist. exists. disappear dismantl istni rozwiązan likwidac zniknie znika dissolv dissolution abolish"
        " disintegrat auflös löst. dissou disoluci disuelv самоликвид роспуск распус упраздн"
        " прекратит rozwiąz feshed"
    ),
    "TALKS": (
        "talks. talk. meeting meetings meet. meets. met. summit negotiat dialog dialogue session discuss phone."
        " phones. phoned"
        " pourparlers sommet rencontr réunit réunion entretien telefon телефон заседани"
        " gespräch treffen. gipfel verhandl conversaciones reunión cumbre diálogo переговор встреч встрет саммит rozmow"
        " spotkan szczyt görüşme zirve conference forum"
    ),
    "SHUN": (
        "skip skips snub snubs boycott cancel cancels cancelled scrap shun shuns withdraws pulls pulled pulling quit quits"
        " decline declines refuse refuses absent attend not. wont won refus annul boude absag sagt. boykott rechaz cancela"
        " отказ отмен бойкот odmaw odwoł iptal reddet"
    ),
    "HOST": "host hosts hosting mediat accueill médiat vermittl mediaci acoge посредни",
    "OFFER": "offer offers venue propos ready. willing readiness can. could. готов предлож предлаг gotow peut. kann. może.",
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
    "HELD": "held.",
    "arrest": "arrest detain custody jail charged imprison arrêté festgenommen verhaft deten арест задерж"
    " aresztow zatrzym gözalt tutukl",
    "trial": "trial sentenc verdict convict procès urteil prozess juicio суд. приговор proces. wyrok",
    "EXPEL": "recall. recalls recalled expel grata expuls ausweis ausgewies высыл выслал высла wydal sınır",
    "DIPLOMAT": "diplomat embassy ambassador envoy ambassad botschaf embajad дипломат посол посольств dyplomat ambasad",
    "SUMMON": "summon convoqu einbestell convoca вызва вызыва wezwa",
    "drill": "drill. drills. exercise. exercises. manoeuvre maneuver учени manöver tatbikat",
    "blockade": "blockad blocus bloqueo блокад blokad abluka",
    "WAY": "road. roads route corridor border. frontier crossing bridge lachin link. traffic highway railway"
    " route. couloir frontière straße korridor grenze carretera corredor frontera дорог коридор границ droga korytarz"
    " granic sınır koridor",
    "checkpoint": "checkpoint контрольно кпп. kontrollpunkt",
    "CLOSE": "shut. shuts close. closes. closed block. blocks. blocked blocking seal. suspends suspension cut. cuts. ferme."
    " bloque bloqué schließ sperr cierra bloquea закры перекры zamyk blokuj",
    "REOPEN": "reopen inaugurat open. opens. opened rouvr wieder öffn reabre abre открыв откры otwier",
    "aid": "aid. humanitari humanitair humanitär convoy convoi supplies donat hilfe aide. ayuda помощ гуманитарн pomoc"
    " yardım",
    "GIVE": "pledg allocat provides. provide. sends. send. gives. give. earmark grant",
    "MONEY": "million mln funding euros",
    "resolution": "resolution résolution резолюц entschließung resolución rezolucj",
    "armament": "radar radars armament weapons. ammunition howitzer canons. jets. missiles. defence defense armement rüstung"
    " radares"
    " armas. вооружен оружи",
    "SELL": "sell sells sale supply deliver provide buy buys purchase contract arms. vend livr achèt liefer kauf vende"
    " compra постав продаж прода закуп",
    "court": "lawsuit sues tribunal icj cij. hague icc. criminal ruling statute statut статут court. cour cpi gericht"
    " corte суд мсус трибунал trybunał",
    "genocide": "genocide génocide völkermord genocidio геноцид ludobój soykırım",
    "RECOGNISE": "recogni recogniz recognise acknowledg reconna anerkenn reconoc призна uzna tanı",
    "peace": "treaty peace traité paix friedensvertrag frieden paz. мирн мир. мире. договор pokoj barış",
    "SIGN": "sign. signs. signed signing initial initialled initialed join. joins joining approv ratif adhèr signe signent"
    " unterzeich firma. firman"
    " подпис ратифи podpis imzala",
    "prisoners": "prisoner captive pows. pow. hostage prisonnier gefangen prisionero пленн военноплен заложник jeńc esir"
    " заключенных. заключенные. заключённых.",
    "SWAP": "swap exchang release releas freed return hand. handed libèr échang freilass austausch intercambi libera обмен"
    " переда освобо zwoln",
    "STEP": "step. steps. stepped. stand.",
    "DOWN": "down. aside.",
    "resignation": "resign resignation quits démission rücktritt dimisi отставк dymisj istifa",
    "election": "elect vote. votes. poll. polls. ballot referendum wahl élection elecci выборы выборов избра wybor seçim",
    "SHOT": "shoot shoots shot. shooting gunman gunmen sniper",
    "downing": "downed downing abgeschossen abattu derrib сбил сбит zestrzel düşür",
    "AIRCRAFT": "helicopter plane. jet. aircraft drone. uav hélicoptère avion hubschrauber flugzeug helicóptero avión"
    " вертол самолет самолёт беспилот śmigłow samolot uçak",
    "crash": "crash. crashes crashed absturz écras estrell круш рухнул katastrof",
    "quake": "earthquake quake séisme erdbeben terremoto землетряс trzęsien deprem",
    "SANCTIONS": "sanction sanctions sanktion sanciones санкци sankcj yaptırım",
    "mine": "landmine mine. mines. mined minen minas мина. минах подорва mayın",
    "casualties": "kill. killed kills killing dead. dies. died death deaths casualt wounded injured tué morts. mort."
    " getötet tote. losses. потер pertes. verluste"
    " tot. muerto blessé мертв гибел погиб убит ранен жертв zginę zabit ofiar ölü",
    "TOLL": "toll. tolls.",
    "RISE": "rise. rises. rising climbs. climb. grows. jumps. passes. tops. reaches. hits.",
    "withdrawal": "withdraw. withdrew withdrawn withdrawing withdrawal pullback retreat pullout retire. retrait"
    " abzug retirada вывод. вывода. выводе. выводом. выводит отвод wycof çekil",
    "visit": "visit. visits. visited visiting besuch visite visita визит wizyt ziyaret",
    "mission": "mission observers monitors peacekeep friedenstrupp pokojow"
    " beobachter observateur наблюдател миротвор obserwator gözlemci",
    "takeover": "captur seize seizes seized recaptur retake retakes retook regain overrun conquer prise. capturé eroberun"
    " erobert toma. захват взял взяти zdoby ele.",
    "TAKE": "takes. take. took. taken. control. controls. контрол",
    "mobilisation": "martial mobiliz mobilis conscript reservist mobilmach movilizac мобилизац военное"
    " mobilizac seferberlik",
    "coup": "coup. putsch переворот zamach darbe",
    "VIOLATE": "violat breach breaches breaks break. broken breaking collapse shaky shatter flout viol. verletz violaci"
    " наруш narusz ihlal порушил falter unravel fray. frays. crumbl flounder rompu rompre brüchig gebroch",
    "LAND": "height heights town. towns. city. cities. village villages district districts territories land. lands."
    " villag dorf dörfer aldea aldeas сел. села селами сёла сёлами"
    " wsi. köy",
    "shortage": "hunger starv famine shortage food. bread pénurie faim. hunger hambre escasez голод нехватк głód açlık",
    "alliance": "csto otsc odkb одкб nato membership alliance",
    "hacking": "malware hack. hacker phishing spyware pegasus cyberattack",
    "parade": "parade. parades. militärparade défilé desfile парад парада параде defilad",
    "FEAST": "celebrat marks. marked. feier fête célèbr праздн отмеча",
    "VICTORY": "victory. victoire sieg. victoria. побед zwycięstw zafer",
    "BURN": "burn. burns. burned. burnt. burning. torch. torched. torching. incendi brûl verbrenn жгут. сжиг сожг",
    "HOMES": "homes. houses. maisons. häuser. casas. дома. домы.",
    "football": "fans. football soccer qualifier draw. match. goal",
    "motoring": "prix sprint. podium pole",
}

# Two tags that stand together are a kind of event that neither is alone. Earlier lines win, and use their tags up.
COMBINED: tuple[tuple[str, str, str], ...] = (
    ("FIGHT", "hacking", "hacking"),
    ("BURN", "HOMES", "homes burned"),
    ("FEAST", "VICTORY", "parade"),
    ("TOLL", "RISE", "toll"),
    ("court", "arrest", "trial"),
    ("court", "trial", "trial"),
    ("alliance", "exodus", "alliance"),
    ("alliance", "withdrawal", "alliance"),
    ("alliance", "SHUN", "alliance"),
    ("alliance", "STOP", "alliance"),
    ("prisoners", "FIGHT", "prisoners"),
    ("prisoners", "WAR", "prisoners"),
    ("STOP", "WAR", "ceasefire"),
    ("BEGIN", "WAR", "offensive"),
    ("STEP", "DOWN", "resignation"),
    ("HELD", "TALKS", "talks"),
    ("HELD", "protest", "protest"),
    ("mission", "casualties", "mission hit"),
    ("mission", "withdrawal", "withdrawal"),
    ("mission", "exodus", "withdrawal"),
    ("mission", "SHUN", "withdrawal"),
    ("VIOLATE", "ceasefire", "ceasefire broken"),
    ("VIOLATE", "peace", "ceasefire broken"),
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
    ("OFFER", "TALKS", "talks offered"),
    ("OFFER", "HOST", "talks offered"),
    ("HOST", "TALKS", "talks"),
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
    ("SWAP", "arrest", "prisoners"),
    ("SELL", "armament", "armament"),
    ("SELL", "ARMS", "armament"),
    ("SWAP", "LAND", "handover"),
    ("TAKE", "LAND", "takeover"),
    ("ARMS", "ENTER", "takeover"),
    ("TROOPS", "ENTER", "takeover"),
    ("GIVE", "MONEY", "aid"),
    ("REOPEN", "DIPLOMAT", "embassy opened"),
    ("SHUN", "ARMS", "withdrawal"),
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
    "HELD": "arrest",
    "TOLL": "casualties",
    "SANCTIONS": "sanctions",
    "RECOGNISE": "recognition",
}
# Kinds under which different outlets file one event.
KIN: tuple[frozenset[str], ...] = (
    frozenset({"ceasefire", "peace deal"}),
    frozenset({"offensive", "takeover", "casualties"}),
    frozenset({"explosion", "casualties"}),
    frozenset({"casualties", "toll"}),
    frozenset({"embassy attack", "casualties"}),
    frozenset({"downing", "crash", "casualties"}),
    frozenset({"blockade", "checkpoint"}),
    frozenset({"mission", "visit"}),
    frozenset({"handover", "takeover"}),
)
