"""Swedish, Danish, Norwegian and Finnish phrases."""

TALK = r"""
^(?:varsågod|ingen orsak|selv tak|velbekomme|vær så god|bare hyggelig|eipä kestä|ole hyvä)
^(?:ange|angiv|oppgi|anna|kerro|lähetä) (?:texten|teksten|tekstin?|mer|mere|flere|detaljer|lisätietoja)|
    ^olen (?:tekoäly|kielimalli|vain)
(?:jag|jeg) (?:är|er) (?:en|bara|bare|kun|et)
^(?:jag|jeg) (?:kan|har|är|er|måste|må|skal|ska|vil|vill|behöver|trenger|har brug|förstår|forstår|ser|tror|beklager)
(?:kan|har|är|er) (?:jag|jeg) (?:\w+ ){0,3}?(?:inte|ikke|tyvärr|desværre|dessverre)
^(?:tyvärr|beklagar|förlåt|ursäkta|desværre|beklager|undskyld|dessverre|unnskyld|valitettavasti|pahoittelen|
    anteeksi)
^(?:självklart|naturligtvis|visst|selvfølgelig|naturligvis|ja|nej|nei|okej|okay|tietenkin|toki|selvä)[!,.]
^(?:hej|hei|moi|terve)[!,.]
^(?:här|her) (?:är|er|kommer|følger)|^tässä on
^(?:det|detta|denna|dette|denne) (?:verkar|ser|går|är|er|ser ud|virker|kan)
^(?:vänligen|snälla|venligst|vennligst|ole hyvä)
^(?:kan|skulle|vill|vil) (?:du|ni|i) |^voisitko|^voitko|^miten voin
^(?:hur|hvordan|vad|hvad|hva) kan (?:jag|jeg)
^(?:användaren|brukeren|brugeren) (?:vill|vil|ber|beder|ønsker|önskar|har|spør|frågar)|^käyttäjä (?:haluaa|pyytää)
som (?:en )?(?:ai|språkmodell|sprogmodel)
^en (?:voi|pääse|pysty|osaa|ymmärrä|näe)|^minulla ei ole
"""

FAILURE = r"""
inte|ikke|ingen|fel\w*|fejl\w*|feil\w*|problem\w*|misslyck\w+|mislyk\w+|trasig\w*|krasch\w*|saknas|mangler|virker|
    långsam\w*|treg\w*|en|ei|eivät|virhe\w*|ongelma\w*|kaatuu|hidas\w*
"""

THINGS = r"""
här|her|tähän|tänne|omfattning|omfang|laajuus
dokument\w*|bild\w{0,3}|texten|koden|detaljer|bilaga\w*|bilag|vedhæftning|vedlegg|billede\w*|ärende\w*|sag|sak|
    liite|liitettä|asiakirja\w*
kod|koden|kode|koden|koodi\w*|projekt\w*|prosjekt\w*|bild|bilde|billede|kuva\w*|skickats|skickat|sendt|angivet|
    annettu|lähetetty|
    beskrivning\w*|beskrivelse\w*|kuvaus\w*|har|der|nogen|noen|någon
vad|vilken|hvad|hvilken|hva|hvilken|mikä|mitä|ska|skal|som|etisk\w*|olaglig\w*|ulovlig\w*|eettis\w*|laiton
fil|filen|filer|filinnehåll|filindhold|filinnhold|bifogad|vedhæftet|vedlagt|uppgift|angiven|angivet|spesifisert|
    förtydligande|
    afklaring|avklaring|teksti\w*|tiedosto\w*|pyynt\w+|viest\w+|liitetty|määritet\w+|aiemp\w+|tidigare|tidligere|
    förstår|forstår|
    sida|tarkennus|tarkennusta
\w*(?:länk|länkar|länken|sida|sidan|sidor|webbplats\w*|förfrågan|begäran|uppgiften|meddelandet|meddelande|
    information|informationen|detaljer|sammanhang|kontext|internet|innehåll\w*|titel|användaren)
link|links|linket|siden|side|sider|\w*forespørgsel\w*|anmodning\w*|opgaven|opgave|beskeden|besked|oplysninger|
    detaljer|indhold\w*|brugeren|lenk\w*|nettside\w*|forespørsel\w*|oppgaven|oppgave|meldingen|melding|informasjon|
    innhold\w*|brukeren|url\w*
öppna|öppnas|komma åt|åtkomst|tillgång|tillgänglig\w*|läsa|visa|hjälpa|förstå|mer|mera|ytterligare|fler|extern\w*|
    åbne|åbnes|tilgå|adgang|tilgængelig\w*|læse|vise|hjælpe|forstå|mere|yderligere|flere|åpne|åpnes|tilgang|
    tilgjengelig\w*|lese|hjelpe|mer|ytterligere|kan|kunde|kunne|är|er|blev|ble|har|till|til|om|på|från|fra|den|det|
    att|at|å|möjlig\w*|mulig\w*|klar\w*|tydlig\w*|nok|tillräcklig\w*|tilstrækkelig\w*|tilstrekkelig\w*
\w*(?:linkki|linkkiä|linkkiin|linkin|sivua|sivulle|sivustolle|sivusto|pyyntö|pyynnön|tehtävä|tehtävää|viesti|
    tietoja|tiedot|tietoa|lisätietoja|lisätiedot|konteksti|kontekstia|internetiin|sisältö\w*|käyttäjä\w*)
avata|avautu\w*|pääsy\w*|pääse|saatavilla|lukea|auttaa|ymmärtää|lisää|voi|voida|ole|on|riittävästi|tarpeeksi
"""

LACKS = r"""
klistra in|klistra|indsæt|lim inn|kopiera|kopier|liitä|kopioi
oläslig\w*|blockera\w+|för (?:vag|kort|allmän)\w*|vag|vagt|ulæselig\w*|uleselig\w*|blokeret|blokkert|for (?:vag|
    kort|generel)\w*|estetty|liian \w+|
    privat|hemlig\w*|hylät\w+|lukukelvoton
avslagen|avslaget|avslått|avvisad|tom|tomt|tomma|tomme|hylätty|hylätään|tyhjä\w*|tarpeen|vaaditaan|ofullständigt
inte|ej|ingen|inga|inget|utan|saknas|saknar|behövs|krävs|otydlig\w*|oklar\w*|otillräcklig\w*|ofullständig\w*|
    omöjlig\w*|
    otillgänglig\w*|nekad\w*|ogiltig\w*|okänd\w*|ikke|intet|mangler|nødvendig\w*|behøves|kræves|uklar\w*|
    utilstrækkelig\w*|ufuldstændig\w*|umulig\w*|utilgængelig\w*|afvist\w*|ugyldig\w*|ukendt\w*|trenger|trengs|kreves|
    utydelig\w*|utilstrekkelig\w*|ufullstendig\w*|utilgjengelig\w*|avvist\w*|ukjent\w*
ei|en|eivät|ilman|puuttuu|puuttuvat|puutteelli\w+|tarvitaan|tarvitsen|epäselv\w+|riittämätön|riittämättömät|
    mahdoton\w*|
    estetty|tuntematon|virheellinen
"""

WORK = r"""
fixa|åtgärda|rätta|förbättra|ta bort|skapa|bygg|lägg till|ret|tilføj|forbedr|fjern|fiks|legg til|forbedre|korjaa|
    korjaus|lisää \w+sivu|paranna|poista
"""

PLACEHOLDER = r"""
namnlös\w*|utan titel|okänd|uppgift|titel|uden titel|ukendt|opgave|uten tittel|tittel|ukjent|oppgave|nimetön|otsikko|
    tuntematon|tehtävä
"""

TURNS = r"""
hälsning|hilsen|tervehdys|tack|tak|takk|kiitos|fråga|spørgsmål|spørsmål|kysymys|svar|vastaus|samtal|samtale|
    keskustelu|förfrågan|
    anmodning|forespørsel|pyyntö|allmän|generel|generell|yleinen
"""
