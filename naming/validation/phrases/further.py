"""Phrases of the smaller languages of Europe and of some of Asia and Africa.

Fewer than of other languages: how one refuses, and the words that one speaks of requests with.
Slovak, Slovene, Serbian and Croatian, Bulgarian, Lithuanian, Latvian, Estonian, Albanian, Georgian,
Armenian, Kazakh, Uzbek, Azerbaijani, Afrikaans, Malay, Filipino, Swahili, Urdu.
"""

TALK = r"""
^(?:nema na čemu|няма защо|ni za kaj|nie je za čo|karibu|walang anuman)
^kwa bahati mbaya|^sa kasamaang palad|^dukacita|^malangnya
^(?:prepáčte|prepáč|ospravedlňujem|ľutujem|žiaľ|bohužiaľ|nanešťastie|som (?:umelá|ai|jazykový|len)|mohli by ste|
    uveďte|zadajte)
nemôžem|nedokážem|nerozumiem|nemám (?:prístup|dosť|informácie)
^(?:žal|oprostite|opravičujem|ne razumem|prosim)
ne morem|nimam (?:dostopa|dovolj)
^(?:žao mi|nažalost|na žalost|izvinite|oprostite|ispričavam|izvinjavam|ne razum(?:em|ijem)|molim|ja sam|možete li|
    navedite|dostavite)
ne mogu (?:pomoći|otvoriti|da|pristupiti)|nemam (?:pristup|dovoljno)
^(?:съжалявам|за съжаление|моля|извинете|извинявам се|аз съм|можете ли)
не мога да|не разбирам|нямам (?:достъп|достатъчно)
^(?:atsiprašau|deja|prašau|diemžēl|atvainojiet|lūdzu|vabandust|kahjuks|palun|jammer|ongelukkig|asseblief|
    ma ei (?:saa|näe|tea))
negaliu|nevaru|ek kan nie
^(?:paumanhin|pasensya|paki\w*|sige)
hindi (?:ko|ako)
^(?:samahani|tafadhali|pole)
siwezi
^(?:معذرت|معاف|براہ کرم|میں )
نہیں کر سکتا
^(?:nuk (?:mund|kam|di)|më vjen keq|ვერ|არ|ներողություն|өкінішке|kechirasiz|bağışlayın|üzr istəyirəm)
არ (?:მაქვს|შემიძლია)|չեմ կարող|алмаймын|olmayman|bilmirəm
"""

FAILURE = r"""
nejde|nefunguje|chyb\w+|nedá|zlyh\w+|ne dela|napak\w*|ne radi|grešk\w+|ne može|kvar|грешк\w+|не|няма|счупен\w*|
    klaida|neveikia|
    kļūda|nedarbojas|viga|ei tööta|werk nie|fout|ralat|rosak|sira|hindi|mali|hitilafu|خرابی|غلطی|نہیں
"""

THINGS = r"""
тук|ovdje|ovde|tukaj|opseg|obseg|обхват
kód\w*|kod\w{0,3}|код\w{0,3}|koodi|kodo|kods|projekt\w*|проект\w*|слик\w*|слика|poslat\w*|poslan\w*|изпратен\w*|
    предоставен\w*|msimbo|ako
kättesaadav\w*|pieejam\w*|faqe\w*|lidhj\w+|informacion\w*|kërkes\w*|ინფორმაცია|მოთხოვნა|ტექსტი|ბმული|գվ\w+|
    տեղեկատվություն|հարցում
(?:žiados|odkaz|stránk|informáci|požiadavk|podrobnost|kontext|úloh|správ|súbor|obsah|prístup|predchádzajúc|
    špecifikovan|priložen|
    zadan|text|názov|viac|otvori)\w{0,5}
(?:povezav|informacij|zahtev|podrobnost|kontekst|nalog|sporočil|dostop|prejšnj|določen|besedil|vsebin|datotek|
    naslov|odpr)\w{0,4}|
    strani|več|mogoče
(?:stranic|informacij|zahtev|zahtjev|detalj|kontekst|zadat|poruk|tekst|pristup|prethodn|pojašnjenj|sadržaj|datotek|
    fajl|naslov|
    naveden|dostavljen|otvori|jas)\w{0,4}|link|više|može|moguće|dovoljno
(?:връзк|страниц|информаци|заявк|подробност|контекст|задач|съобщени|достъп|предиш|отвор|посочен|уточнени|текст|файл|
    съдържани|
    заглави|достатъчн|яс)\w{0,5}|до|може|се|да|е|са|повече
(?:nuorod|puslap|informacij|užklaus|konteks|užduot|žinut|prieig|saite|lap|pieprasījum|uzdevum|ziņojum|piekļuv|link|
    leh|teav|
    taotlus|päring|ülesan|sõnum|juurdepääs|inligting|versoek|konteks|taak|boodskap|toegang|besonderhed)\w{0,4}
(?:maklumat|tugasan|mesej|permintaan|konteks|lengkap|dinyatakan|terdahulu|mencukupi|fail|tajuk|akses|halaman|ke|
    lanjut)
(?:pahina|impormasyon|kahilingan|detalye|konteksto|mensahe|mabuksan|sapat|malinaw|access|link|ang|sa|ng|higit|pang|
    naunang)
(?:kiungo|ukurasa|taarifa|maelezo|ombi|ujumbe|ufikiaji|muktadha|wazi|zaidi|kufungua|wa|faili|kichwa)
(?:لنک|صفحے|صفحہ|تک|رسائی|معلومات|درخواست|تفصیلات|مزید|پیغام|کھل|سکتا|واضح|سیاق|متن|فائل|عنوان)
"""

LACKS = r"""
постав\w+|zalijepi\w*|nalepi\w*|prilepi\w*|vložte|kopiraj\w*
sina|hakuna|hawezi|siwezi|wala|walang
nepasiekiam\w*|nepieejam\w*|nuk|pa|mungon|mangon|დაუდგენელი|არასაკმარისი|გაურკვეველი|անբավարար|անհասկանալի
nedá|nemožno|nie|nedostatočn\w+|žiadn\w+|neúpln\w+|prázdn\w+|zamietnut\w+|odmietnut\w+|chýba\w*|potrebn\w+|
    nešpecifikovan\w+|
    upresneni\w+|brez|premalo|nepopoln\w+|prazn\w+|zavrnjen\w*|manjka\w*|nezadostn\w+|ni
nema|nije|nisu|nejas\w+|nedovoljn\w+|nedosta\w+|nepotpun\w*|odbijen\w*|potrebn?\w+|nepoznat\w*|nemoguć\w*
няма|без|не|недостатъчн\w+|неясн\w+|непълн\w+|празн\w+|отхвърлен\w*|необходим\w+|нужн\w+|липсва\w*|невъзможн\w+|
    неизвестн\w+
nėra|neaišk\w*|nepakank\w*|trūksta|reikia|tušči\w*|atmest\w*|nav|neskaidr\w*|nepietiek\w*|trūkst|nepieciešam\w*|
    noraidīt\w*|pole|
    puudub|puuduvad|ebaselge|ebapiisav\w*|vaja|tühi|onduidelik\w*|onvoldoende|nodig|geen|nie|ontbreek\w*
tiada|tidak|perlu|hindi|walang|wala|kulang|kailangan|tinanggihan|malabo
hakuna|haiwezi|haiwezekani|ha[iyz]\w*tosh\w+|haliko|haiko|\w+hitajika|haujakamilika|\w+kataliwa|bila
نہیں|ناکافی|غیر|درکار|نامکمل|مسترد|بغیر|خالی|نامعلوم
"""

WORK = r"""
oprav\w*|prida\w*|poprav\w*|dodaj|napravi\w*|поправ\w*|добав\w*|betulkan|tambah|ayusin|rekebisha
"""
