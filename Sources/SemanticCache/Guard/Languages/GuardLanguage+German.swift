extension GuardLanguage {
    static let german = GuardLanguage(
        language: .german,
        opposites: """
            erhöh* steiger* anheb* | senk* verringer* reduzier*
            zunehmen zunimmt zugenommen | abnehmen abnimmt abgenommen
            aktivier* einschalt* eingeschaltet anschalt* freischalt* | deaktivier* ausschalt* ausgeschaltet abschalt*
            öffn* eröffn* geöffnet aufmach* | schließ* geschlossen zumach*
            start* beginn* begonnen anfang* angefangen | stopp* beend* aufhör* aufgehört
            einzahl* eingezahlt | auszahl* ausgezahlt abheb* abgehoben
            importier* | exportier*
            hochlad* hochgeladen | herunterlad* heruntergeladen runterlad*
            meld~an | meld~ab
            log~ein | log~aus
            schalt~ein schalt~an mach~an stell~an | schalt~aus mach~aus schalt~ab stell~ab
            füg~hinzu | entfern* lösch*
            lad~hoch | lad~herunter lad~runter
            zahl~ein | zahl~aus heb~ab
            nimm~an | lehn~ab
            abonnier* | abbestell* abgemeldet
            anmeld* angemeldet einlogg* eingeloggt | abmeld* abgemeldet auslogg* ausgeloggt
            anmeld* registrier* | kündig* gekündigt
            installier* | deinstallier*
            sperr* gesperrt blockier* | entsperr* freigeb* freigegeben
            verbind* verbunden koppel* | trenn* getrennt entkoppel*
            verschlüssel* | entschlüssel*
            hinzufüg* hinzugefügt ergänz* | entfern* lösch* gelöscht
            lösch* gelöscht | wiederherstell* wiederhergestellt behalten
            erstell* anleg* angelegt | lösch* gelöscht
            buch* gebucht reservier* | stornier*
            abschließ* abgeschlossen verlänger* | kündig* gekündigt
            annehm* angenommen akzeptier* genehmig* | ablehn* abgelehnt verweiger*
            erlaub* zulässig gestattet | verbot* verbiet* unzulässig
            gewinn* gewonnen | verlier* verloren
            verloren | gefunden wiedergefunden
            ankunft ankomm* angekommen | abfahrt abflug abreis* abfahr*
            einreis* | ausreis*
            hinflug hinfahrt hinreise | rückflug rückfahrt rückreise
            einsteig* | aussteig*
            eingang eingehend* | ausgang ausgehend*
            einnahme* einkommen | ausgabe*
            guthaben haben_saldo | soll_saldo schulden
            lastschrift | gutschrift
            mindest* minimum minimal* kleinst* niedrigst* | höchst* maximum maximal* größt*
            ältest* | neuest* neust* jüngst*
            erst* | letzt*
            vorherig* vorig* letzt* | nächst* kommend*
            intern* | extern*
            inländisch* inland innerdeutsch | ausländisch* ausland international*
            öffentlich* | privat*
            virtuell* digital* | physisch* plastikkarte
            online | offline filiale
            automatisch* | manuell*
            obere* | untere*
            aufsteigend* | absteigend*
            positiv* | negativ*
            addier* | subtrahier*
            multiplizier* | dividier*
            gültig* | ungültig*
            möglich* | unmöglich*
            verfügbar* | ausverkauft
            sicher* | unsicher* gefährlich*
            richtig* korrekt* | falsch* inkorrekt*
            bezahlt* beglichen | unbezahlt* offene_rechnung
            verheiratet* | ledig* unverheiratet* geschieden*
            männlich* mann männer | weiblich* frau frauen
            vater | mutter
            sohn | tochter
            bruder | schwester
            norden nördlich* | süden südlich*
            osten östlich* | westen westlich*
            sommer* | winter*
            billig* günstig* | teuer* teure*
            gewinn profit | verlust*
            brutto* | netto*
            fest* fixe* | variabel* variable*
            girokonto | sparkonto tagesgeldkonto
            hinweg | rückweg
            linke* links | rechte* rechts
            vorteil* | nachteil*
            ursache* | behandlung* folge*
            akut* | chronisch*
            gutartig* | bösartig*
            vollzeit | teilzeit
            dauerhaft* unbefristet* permanent* | vorübergehend* befristet* temporär*
            pflicht verpflichtend* obligatorisch* | freiwillig* optional*
            inklusive einschließlich | exklusive ausschließlich außer
            einatmen | ausatmen
            geburt geboren | tod gestorben
            heiß* warm* | kalt*
            krieg | frieden
            freund* | feind*
            erfolg* | misserfolg* fehlgeschlagen
            einfuhr | ausfuhr
            singular einzahl | plural mehrzahl
            groß_schreiben großbuchstabe* | klein_schreiben kleinbuchstabe*
            fiktion | sachbuch
            einstell* eingestellt | entlass* entlassen
            lauter | leiser
            aufladen auflad* aufgeladen | entladen entlad*
            """,
        slotOpposites: """
            an ein | aus
            auf | zu ab
            rein hinein | raus hinaus
            vor | nach
            vor | hinter
            über | unter
            oben | unten
            links | rechts
            hier | dort da
            hoch hohe hohen | niedrig niedrige niedrigen tief
            groß große großen großer | klein kleine kleinen kleiner
            lang lange langen | kurz kurze kurzen
            dick | dünn
            schwer | leicht einfach
            hell | dunkel
            schnell schneller | langsam langsamer
            früh früher | spät später
            alt alte alten | neu neue neuen jung
            gut gute guten | schlecht schlechte schlechten
            besser | schlechter
            beste besten | schlechteste schlechtesten
            stark | schwach
            hart | weich
            voll | leer
            laut | leise
            gleich gleiche | anders verschieden
            allein | zusammen gemeinsam
            kostenlos gratis | kostenpflichtig
            aktiv | inaktiv
            immer | nie
            alles | nichts
            jemand | niemand
            tag | nacht
            morgens | abends
            kommen | gehen
            bringen | holen
            geben | nehmen
            sparen | ausgeben
            hund | katze
            mehr | weniger
            mein meine meinen | anderen
            """,
        converses: """
            kauf* gekauft erwerb* | verkauf*
            send* gesendet schick* geschickt versend* | erhalt* empfang* bekomm*
            leih* geliehen ausleih* | verleih*
            miet* gemietet | vermiet*
            lern* gelernt | lehr* unterricht*
            absender* | empfänger*
            käufer* | verkäufer*
            mieter* | vermieter*
            arbeitgeber* | arbeitnehmer*
            frag* gefragt | antwort* geantwortet
            """,
        quantifiers: """
            mindestens wenigstens minimal | höchstens maximal
            mehr_als über | weniger_als unter
            alle alles jede jeder jedes jeden sämtliche | einige manche ein_paar mehrere | keine keiner
            immer | manchmal gelegentlich | nie niemals
            meisten | wenigsten
            viele | wenige
            beide | keiner_von_beiden
            vor bis | nach ab seit
            genau exakt | ungefähr etwa circa ca rund
            nur ausschließlich lediglich | auch zusätzlich
            einmal | zweimal | dreimal mehrmals
            täglich jeden_tag | wöchentlich jede_woche | monatlich jeden_monat | jährlich jedes_jahr
            halb* | doppelt* | dreifach*
            durchschnitt* mittelwert | median | modus
            """,
        entities: """
            januar jänner februar märz april mai juni juli august september oktober november dezember
            montag=montags dienstag=dienstags mittwoch=mittwochs donnerstag=donnerstags freitag=freitags \
            samstag=samstags=sonnabend sonntag=sonntags
            deutschland=deutsche=deutschen österreich schweiz=schweizer frankreich italien spanien \
            portugal niederlande=holland \
            belgien luxemburg dänemark schweden norwegen finnland island irland großbritannien=england \
            schottland polen \
            tschechien slowakei ungarn rumänien bulgarien griechenland türkei russland ukraine kroatien \
            serbien slowenien \
            albanien usa=amerika kanada mexiko brasilien argentinien chile kolumbien peru china japan \
            indien südkorea \
            thailand vietnam indonesien australien neuseeland ägypten marokko tunesien südafrika israel \
            iran irak dubai
            berlin hamburg münchen köln frankfurt stuttgart düsseldorf leipzig dresden hannover bremen \
            nürnberg wien zürich \
            genf bern basel salzburg graz paris london rom mailand madrid barcelona lissabon amsterdam \
            brüssel prag warschau \
            budapest kopenhagen stockholm oslo helsinki athen istanbul moskau tokio peking shanghai chicago boston
            englisch=englische deutsch französisch spanisch italienisch portugiesisch niederländisch \
            russisch polnisch \
            türkisch arabisch chinesisch japanisch latein griechisch schwedisch dänisch
            euro=euros dollar=us_dollar franken pfund yen rubel zloty krone=kronen
            visa mastercard paypal amex maestro girocard klarna sepa
            facebook instagram twitter tiktok whatsapp telegram youtube linkedin
            google microsoft apple amazon netflix tesla samsung
            iphone=ios android windows linux mac=macos
            chrome firefox safari edge
            python java javascript typescript rust php ruby kotlin scala
            rot=rote=roten blau=blaue=blauen grün=grüne=grünen gelb=gelbe=gelben \
            schwarz=schwarze=schwarzen weiß=weiße=weißen \
            grau=graue=grauen braun rosa lila orange
            frühstück mittagessen abendessen
            hund katze pferd kuh schwein schaf vogel maus
            apfel=äpfel birne=birnen banane=bananen orange=orangen kirsche=kirschen erdbeere=erdbeeren
            reis nudeln kartoffeln brot
            wasser milch kaffee tee bier wein saft
            auto bus zug flugzeug fahrrad schiff straßenbahn
            reisepass=pass personalausweis führerschein visum geburtsurkunde
            kreditkarte=kreditkarten girokarte debitkarte
            strom gas wasser_rechnung internet
            passwort benutzername pin e_mail
            pdf docx jpg png json xml csv html
            flug=flüge hotel=hotels mietwagen
            kopf bauch rücken knie hals hüfte schulter
            diabetes krebs asthma grippe masern migräne
            fieber husten schnupfen durchfall
            physik chemie biologie mathematik geschichte erdkunde
            """,
        askings: """
            wann um_wie_viel_uhr seit_wann bis_wann wie_lange | wo wohin woher an_welchem_ort | warum \
            wieso weshalb | \
            wie_viel wieviel was_kostet wie_teuer | wie_viele | wie_oft wie_häufig | wie_weit | wie_alt \
            | wie_groß wie_hoch | \
            wer wen wem | wessen
            wie | wann | wer
            preis preise kosten gebühr gebühren | größe | gewicht | farbe | länge | breite | höhe
            ursache ursachen grund | symptome anzeichen | behandlung therapie heilung | nebenwirkungen
            hauptstadt | einwohner bevölkerung | währung | sprache | präsident
            telefonnummer | mailadresse | adresse anschrift | öffnungszeiten
            """,
        referents: """
            mein meine meinen meinem meiner unser unsere | dein deine deinen ihr ihre | sein seine seinen
            dieser diese dieses diesen | jener jene jenes jenen
            """,
        times: """
            gestern | heute jetzt derzeit aktuell | morgen | übermorgen | vorgestern
            letzte_woche vorige_woche | diese_woche | nächste_woche
            letzten_monat letzter_monat | diesen_monat | nächsten_monat
            letztes_jahr voriges_jahr | dieses_jahr | nächstes_jahr
            vormittag vormittags | mittag mittags | nachmittag nachmittags | abend abends | nacht nachts
            werktag werktags wochentags | wochenende
            """,
        formats: """
            als_json im_json_format | als_xml | als_csv | als_tabelle tabellarisch in_einer_tabelle | als_liste \
            stichpunkte stichpunktartig in_stichpunkten | als_fließtext
            in_einem_satz | in_zwei_sätzen | in_drei_sätzen | in_einem_wort | in_einem_absatz
            ausführlich* detailliert* | kurz_und_knapp kurzfassung zusammenfassend
            als_gedicht | als_brief | als_mail
            in_einfachen_worten einfach_erklärt leichter_sprache
            auf_englisch ins_englische | auf_deutsch ins_deutsche | auf_französisch ins_französische | \
            auf_spanisch \
            ins_spanische | auf_italienisch ins_italienische
            """,
        fromWords: "von vom aus ab",
        toWords: "nach zu zum zur ins in",
        joiningWords: "und oder mit sowie",
        vocabulary: "")
}
