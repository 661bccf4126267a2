"""Swedish, Danish, Norwegian and Finnish words."""

SMALL = {
    "sv": """
och att det en ett är inte för med på av till från som om när efter före utan i den de dem har hade kan ska skulle
varför hur vad vilken vem var här alla bara aldrig jag du vi mig dig sig han hon man mot genom sedan mycket mer men
också vid eller min mitt vår vårt detta denna dessa finns blir inga ingen under över så
""",
    "da": """
og at det en et er ikke for med på af til fra som om når efter før uden i den de dem har havde kan skal skulle hvorfor
hvordan hvad hvilken hvem hvor her alle kun aldrig jeg du vi mig dig sig han hun man mod gennem siden meget mere men
også ved eller min mit vores denne dette disse bliver ingen under over vil have
""",
    "no": """
og at det en ei et er ikke for med på av til fra som om når etter før uten i den de dem har hadde kan skal skulle
hvorfor hvordan hva hvilken hvem hvor her alle bare aldri jeg du vi meg deg seg han hun man mot gjennom siden mye mer
men også ved eller min mitt vår denne dette disse blir ingen under over å vil ha
""",
    "fi": """
ja on ei että se ne tämä nämä kun jos mutta tai ovat oli myös vain aina kaikki joka jotka mitä miten miksi missä kuka
minun meidän sinun hän he me te minä sinä olla pitää voi voida pitäisi liian hyvin ilman kanssa ennen jälkeen enää
""",
}

WORK = {
    "sv": """
fixa laga rätta åtgärda lägg lägga skapa gör göra bygg bygga implementera förbättra ta bort radera uppdatera ändra visa
skriv skriva kontrollera förklara sök söka optimera snabba konfigurera installera skicka skickar spara ladda laddar
fungerar misslyckas konvertera generera migrera översätt lös byt hjälp testa starta stoppa update upgrade test start
stop check
""",
    "da": """
ret rette fiks tilføj tilføje opret lav byg implementer forbedr fjern slet opdater ændr vis skriv tjek forklar søg
optimer konfigurer installer send sender gem indlæs virker fejler konverter generer migrer oversæt løs hjælp test start
stop hent update upgrade
""",
    "no": """
fiks rett legg til lag bygg implementer forbedre fjern slett oppdater endre vis skriv sjekk forklar søk optimaliser
konfigurer installer send sender lagre last laste fungerer virker feiler konverter generer migrer oversett løs hjelp
test start stopp hent
""",
    "fi": """
korjaa korjaus korjata lisää lisätä luo luoda tee tehdä rakenna toteuta paranna poista päivitä muuta näytä kirjoita
tarkista selitä etsi optimoi nopeuta määritä asenna lähetä lähettää tallenna lataa toimi toimii epäonnistuu muunna
käännä ratkaise vaihda testaa
""",
}

THINGS = {
    "sv": """
sida sidan knapp knappen användare användaren fel felet felmeddelande meddelande meddelanden inställningar kund
beställning faktura fakturor betalning fil filer lista tabell formulär fält konto lösenord inloggning inloggningen
startsida startsidan problem saknas trasig långsam långsamt snabb snabbare tom ny nya gammal databas webbplats
skärm bild dokument pris produkt projekt uppgift språk namn mobil mobilen sökning kundvagn test tester support
order form
""",
    "da": """
side siden knap knappen bruger brugere fejl fejlen fejlmeddelelse besked beskeder indstillinger kunde ordre faktura
betaling fil filer liste tabel formular felt konto adgangskode forside problem mangler langsom hurtig hurtigere
tom ny nye gammel database skærm billede dokument pris produkt projekt opgave sprog navn mobil mobilen
søgning kurv test tests support kontaktformularen update performance
""",
    "no": """
side siden knapp knappen bruker brukere feil feilen feilmelding melding meldinger innstillinger kunde ordre faktura
fakturaen betaling fil filer liste tabell skjema felt konto passord innlogging påloggingen forside problem mangler treg
langsom rask raskere tom ny nye gammel database skjerm bilde dokument pris produkt prosjekt oppgave språk
navn mobil mobilen søk handlekurv test tester support kontaktskjemaet
""",
    "fi": """
sivu sivun sivulle painike nappi käyttäjä käyttäjän käyttäjät virhe virheen viesti viestit viestejä asetukset asiakas
tilaus lasku laskut maksu tiedosto tiedostot luettelo lista taulukko lomake lomakkeen kenttä tili salasana
kirjautuminen kirjautumisen kirjautumissivu etusivu ongelma puuttuu rikki hidas hitaasti nopea uusi vanha tietokanta
kuva raportti hinta tuote projekti tehtävä kieli nimi haku mobiilissa testi testit yhteydenottolomake
""",
}

LETTERS = {"sv": "åäö", "da": "æøå", "no": "æøå", "fi": "äö"}
ENDINGS = {
    "sv": "ningen?|arna|orna|erna|era|het",
    "da": "ningen?|erne|else|hed",
    "no": "ingen|erne|else|het",
    "fi": "inen|isen|ssa|ssä|sta|lla|lle|tus|minen|misen",
}
