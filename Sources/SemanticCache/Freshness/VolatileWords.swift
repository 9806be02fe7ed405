import GatewayCore

/// The words by which a question shows that its answer will not last. `*` stands for any ending; all is in lower case,
/// as ``Volatility`` looks for it. Whoever knows another language adds a line.
enum VolatileWords {
    private struct Words {
        let language: String
        let momentary: String
        let daily: String
    }

    private static let table: [Words] = [
        Words(
            language: "en",
            momentary: """
                right now, at the moment, this minute, this second, what time is it, current time, weather, \
                temperature outside, forecast, traffic jam*, stock price*, share price*, exchange rate*, \
                bitcoin price, \
                price of bitcoin, live score*, breaking news, is it open now, waiting time
                """,
            daily: """
                today, today's, tonight, tomorrow, yesterday, this week, this month, this weekend, currently, latest, \
                newest, most recent, recent news, news, headline*, up to date, nowadays, as of now, price, prices, \
                how much is, how much does, in stock, delivery time, opening hours, standings, current version, \
                current status
                """),
        Words(
            language: "de",
            momentary: """
                gerade jetzt, im moment, wie spät ist es, uhrzeit, wetter, wettervorhersage, verkehrslage, stau, \
                aktienkurs*, wechselkurs*, börsenkurs*, live-ergebnis*, eilmeldung*, wartezeit
                """,
            daily: """
                heute, heute abend, morgen früh, gestern, diese woche, diesen monat, derzeit, zurzeit, aktuell*, \
                neueste*, neuste*, jüngste*, nachrichten, schlagzeile*, preis, preise, was kostet, was kosten, \
                lieferbar, vorrätig, verfügbar*, lieferzeit*, öffnungszeit*, fahrplan
                """),
        Words(
            language: "fr",
            momentary: """
                en ce moment, à l'instant, quelle heure est-il, météo, quel temps fait-il, trafic routier, \
                cours de l'action, cours de la bourse, taux de change, temps d'attente
                """,
            daily: """
                aujourd'hui, ce soir, demain, hier, cette semaine, ce mois-ci, actuellement, actuel*, dernier*, \
                dernière*, récent*, actualités, prix, combien coûte, combien coûtent, en stock, disponib*, horaires, \
                délai de livraison
                """),
        Words(
            language: "es",
            momentary: """
                ahora mismo, en este momento, qué hora es, el tiempo hoy, pronóstico, el clima, tráfico, \
                precio de la acción, tipo de cambio, tiempo de espera
                """,
            daily: """
                hoy, esta noche, mañana, ayer, esta semana, este mes, actualmente, último*, última*, \
                reciente*, noticias, precio*, cuánto cuesta, cuánto cuestan, en existencias, disponib*, horario*, \
                plazo de entrega
                """),
        Words(
            language: "it",
            momentary: "in questo momento, proprio ora, che ore sono, meteo, che tempo fa, tasso di cambio",
            daily: """
                oggi, stasera, domani, ieri, questa settimana, attualmente, attuale, ultim*, recent*, notizie, prezz*, \
                quanto costa, quanto costano, disponib*, orari
                """),
        Words(
            language: "pt",
            momentary: "agora mesmo, neste momento, que horas são, previsão do tempo, taxa de câmbio",
            daily: """
                hoje, amanhã, ontem, esta semana, atualmente, atual, atuais, último*, última*, recente*, notícias, \
                preço*, quanto custa, quanto custam, em estoque, disponív*, horário*
                """),
        Words(
            language: "nl",
            momentary: "op dit moment, nu meteen, hoe laat is het, weersverwachting, het weer, wisselkoers*",
            daily: """
                vandaag, vanavond, gisteren, deze week, momenteel, huidige, nieuwste, laatste nieuws, nieuws, \
                prijs, prijzen, wat kost, op voorraad, beschikba*, openingstijden
                """),
    ]

    private static let phrases: [(phrase: String, volatility: Volatility)] = table.flatMap { words in
        split(words.momentary).map { ($0, .momentary) } + split(words.daily).map { ($0, .daily) }
    }

    /// By the index the automaton reports.
    static let classes: [Volatility] = phrases.map(\.volatility)
    static let automaton = PhraseAutomaton(phrases.map(\.phrase))

    /// The languages of the table.
    static let languages = table.map(\.language)

    private static func split(_ list: String) -> [String] {
        list.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }
}
