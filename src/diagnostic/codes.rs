//! The codes of what can be wrong before any rule of the guideline is asked, and with the region's own Word template.

use super::{Code, Severity};

/// What there is to know of a code, for the terminal and the handbook alike.
#[derive(Debug)]
pub struct Record {
    /// Stable; never used for anything else.
    pub code: Code,
    /// Stable, in kebab case.
    pub name: &'static str,
    /// How much a finding weighs at most.
    pub severity: Severity,
    /// What is asked for and why, in Swedish.
    pub docs: &'static str,
    /// What to do about it, in Swedish.
    pub cure: &'static str,
}

/// What to do about a finding of a code that says no more of it.
pub fn cure(code: Code) -> Option<&'static str> {
    RECORDS.iter().find(|record| record.code == code).map(|record| record.cure)
}

macro_rules! codes {
    ($($(#[$doc:meta])* $constant:ident: $code:expr, $name:literal, $severity:ident, $docs:literal, $cure:literal;)*) => {
        $($(#[$doc])* pub const $constant: Code = $code;)*

        /// A record of each, in the order of their codes.
        pub static RECORDS: &[Record] = &[$(Record {
            code: $constant,
            name: $name,
            severity: Severity::$severity,
            docs: $docs,
            cure: $cure,
        },)*];
    };
}

codes! {
    /// A file or folder that cannot be read.
    UNREADABLE: Code(1), "unreadable-file", Error,
        "Varje fil under innehållsmappen måste gå att läsa, som text i teckenkodningen UTF-8 eller som bild i PNG eller \
         JPEG, och katalog.yaml måste finnas. Annars saknas något i katalogen utan att någon ser det.",
        "kontrollera att filen finns, att du får läsa den och att den är sparad i rätt format";
    /// A file that is no YAML.
    SYNTAX: Code(2), "yaml-syntax", Error,
        "En fil som slutar på .yaml måste följa YAML 1.2, utan taggar, ankare, alias och flera dokument i samma fil. Där \
         strukturen inte går att följa läses resten av filen inte. Är det bara en mening utan citattecken som \
         har ett kolon, efter en nyckel som har text, läses den ändå.",
        "kontrollera indrag, kolon, citattecken och parenteser vid det ställe som pekas ut";
    /// A character that no document can show.
    CHARACTER: Code(3), "forbidden-character", Error,
        "En text får inte innehålla styrtecken, osynliga tecken eller tecken som vänder skrivriktningen. De syns inte för \
         den som granskar, och kan göra ett Word-dokument omöjligt att öppna. Inte heller tecken som bara finns i vissa \
         typsnitt, som Words punkter i listor: i andra syns de inte, eller som en tom ruta.",
        "ta bort tecknet, och skriv om ordet om det inte syns";
    /// A key that no entity of the kind has.
    UNKNOWN_KEY: Code(4), "unknown-key", Error,
        "En nyckel som inte finns läses inte, och det som står under den skulle saknas i katalogen. Resurser \
         har därför ingen nyckel på en tjänst, och förmågor ingen på en IS/IT-tjänst: de ligger i produkten, och \
         tjänsten är bara ett sammanhållande skal (§ 3.1). En stödjande tjänst anger under förmågor vilka av produktens \
         förmågor den erbjuder.",
        "rätta stavningen, flytta raden dit nyckeln hör eller ta bort den";
    /// A key that stands twice.
    REPEATED_KEY: Code(5), "repeated-key", Error,
        "En nyckel får stå en gång i samma grupp, annars går det inte att veta vilket värde som gäller.",
        "behåll den ena raden, eller gör en lista av värdena";
    /// A key that must be there.
    MISSING_KEY: Code(6), "missing-key", Error,
        "Vissa nycklar måste finnas, till exempel namn på allt som publiceras och id på varje post i en lista.",
        "lägg till nyckeln med sitt värde";
    /// A value of the wrong form.
    VALUE: Code(7), "invalid-value", Error,
        "Ett värde måste ha den form som nyckeln kräver: ett belopp, ett datum, ett av de ord som får stå där, en lista \
         eller en grupp av nycklar.",
        "skriv värdet så som meddelandet visar";
    /// An id of the wrong form.
    ID: Code(8), "invalid-id", Error,
        "Ett id blir adress på webbplatsen och namn på filer. Därför skrivs det med a–z, siffror och bindestreck, med högst \
         64 tecken, och är inte ett namn som Windows har reserverat. I en mapp är filens namn id.",
        "byt namn på filen eller id:t, och på allt som hänvisar till det";
    /// An id that two entities have.
    REPEATED_ID: Code(9), "repeated-id", Error,
        "Ett id får finnas en gång i hela katalogen, så att varje hänvisning leder till ett ställe. En utgåva är fryst en \
         gång, så att det går att veta vilken som nästa jämförs med.",
        "ge den ena ett annat id";
    /// A reference to what does not exist, or is of another kind.
    REFERENCE: Code(10), "dangling-reference", Error,
        "Allt som katalogen hänvisar till måste finnas i den, och vara av det slag som nyckeln kräver. Det gäller både id i \
         nycklar och [[id]] i texter.",
        "rätta id:t, eller lägg till det som saknas";
    /// Markdown that the documents cannot show.
    MARKDOWN: Code(11), "unusable-markdown", Error,
        "En text får bara innehålla sådant som Word, HTML och Markdown kan visa på samma sätt. HTML, bilder mitt i en text \
         och länkar till annat än webben, e-post och telefon hör inte dit.",
        "skriv det på ett annat sätt, så som meddelandet visar";
    /// A file that belongs to no kind.
    UNKNOWN_FILE: Code(12), "unknown-file", Error,
        "Varje fil och mapp under innehållsmappen hör till ett slag av innehåll. En fil med ett okänt namn läses inte, och \
         det som står i den skulle saknas i katalogen.",
        "rätta namnet, eller flytta filen ut ur innehållsmappen";
    /// A template that cannot be read or rendered.
    TEMPLATE: Code(13), "unusable-template", Error,
        "En mall måste gå att läsa och fylla i med katalogens data, och det som den gör måste gå att visa i alla format.",
        "rätta mallen, eller det som den visar";
    /// A text that YAML takes for a comment, or reads in other lines than it is written, or that has Markdown where none is
    /// read.
    READ_OTHERWISE: Code(14), "text-read-otherwise", Warning,
        "YAML kan läsa en text på ett annat sätt än den ser ut att vara skriven. Efter ett blanksteg börjar # en \
         kommentar, som inte läses. Av ett värde som ”Orbit #2 (ny)” blir ”Orbit” kvar, och av ”#vården” inget, om \
         det inte står inom citattecken. En kommentar har ett blanksteg efter #, så att den går att skilja från en \
         text, och står inte i värdets ställe. Utan | efter nyckelns kolon blir en text på flera rader en enda, och \
         dess listor och tabeller löpande text. En nyckel som är lika långt indragen som texten i \
         nyckeln ovanför blir en rad i den. Ett värde som är ren text, som en sammanfattning eller ett namn, visas \
         utan hänvisningar, länkar, fetstil, kod, stycken och listor.",
        "sätt hela värdet inom citattecken, skriv kommentaren med ett blanksteg efter # på en egen rad, skriv | efter \
         kolonet, flytta ut nyckeln, eller skriv värdet som löpande text, så som meddelandet visar";
    /// A chapter that no template asks for.
    CHAPTER_UNUSED: Code(15), "chapter-unused", Warning,
        "Ett kapitel i mappen texter kommer med där en mall ber om det med filens namn. Ett som ingen mall ber om saknas i \
         alla dokument, och en hänvisning till det leder ingenstans.",
        "byt filens namn till det som mallen ber om, lägg in kapitlet i en mall eller ta bort filen";
    /// A Word template that cannot be used, or of which something does not live on.
    WORD_TEMPLATE: Code(301), "word-template", Error,
        "Regionens Wordmall måste gå att läsa: sparad som .docx eller .dotx, hel, och utan makron och \
         lösenord. Det som skulle få Word att fråga något när filen öppnas följer inte med, och inte heller exempeltexten. \
         Om dokumenten då får ett fel som mallen inte har, rapporteras det.",
        "spara om mallen i Word, eller ta bort det som meddelandet pekar på";
    /// A name under `wordformat` that no style has.
    WORD_FORMAT: Code(302), "word-format-unknown", Error,
        "Nyckeln wordformat i katalog.yaml säger vilken formatmall i Wordmallen som används för en av våra. Båda \
         namnen måste finnas. Utan Wordmall prövas bara vårt.",
        "skriv namnet så som det står i Words lista över formatmallar";
    /// A style that documents rest on, and the Word template lacks.
    WORD_STYLE_MISSING: Code(303), "word-style-missing", Warning,
        "Dokumenten bärs upp av formatmallarna Normal, Brödtext, Rubrik, Rubrik 1, Rubrik 2, Rubrik 3, Rubrik 4, \
         Beskrivning, Innehåll 1 och Innehåll 2. En av dem som Wordmallen saknar läggs till i mallens färger, och då ser \
         dokumenten inte ut som regionens övriga.",
        "lägg till formatmallen i Wordmallen, eller namnge en annan under wordformat";
    /// Any other style of the documents that the Word template lacks.
    WORD_STYLE_ADDED: Code(304), "word-style-added", Info,
        "Formatmallar som dokumenten använder men inte bärs upp av, till exempel för listor och rutor, läggs till i \
         mallens färger där Wordmallen saknar dem.",
        "inget behöver göras; namnge en egen under wordformat för att bestämma utseendet";
    /// A Word template without a cover.
    WORD_COVER: Code(305), "word-cover", Info,
        "En försättssida i Wordmallen fylls i om den har innehållskontroller med kända namn. Annars läggs en \
         försättssida till.",
        "lägg till innehållskontroller med taggar som titel, version och datum";
}
