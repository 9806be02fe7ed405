import GatewayCore

/// The phrases by which people give their own data, and ask how things stand with what is their own, in seven
/// languages.
enum PersonalLexicon {
    /// What a phrase is a sign of.
    enum Sign: Sendable {
        /// The asker tells something by which it is known.
        case data
        /// It asks how things stand with what is its own.
        case state
        /// Looks like that and is a question for everybody ("do I have to").
        case noState
        /// It asks how something is done.
        case procedure
    }

    /// By the index the automaton reports.
    static let signs: [Sign] = groups.flatMap { group in group.phrases.map { _ in group.sign } }
    static let automaton = PhraseAutomaton(groups.flatMap(\.phrases))

    private static let groups: [(sign: Sign, phrases: [String])] = [
        (.data, data.flatMap(TurnLexicon.phrases)), (.state, states.flatMap(TurnLexicon.phrases)),
        (.noState, rights.flatMap(TurnLexicon.phrases)), (.procedure, procedures.flatMap(TurnLexicon.phrases)),
    ]

    private static let data = [
        """
        my name is, my name s, i am called, my full name is, i live at, my address is, my home address is,
        my phone number is, my number is, my email is, my email address is, my e mail is, my e mail address is,
        my password is, my pin is, my birthday is, i was born, my date of birth is, my social security number is,
        my passport number is, my account number is, my customer number is, my order number is, my card number is,
        i was diagnosed, i have been diagnosed, my diagnosis is, my salary is, i earn
        """,
        """
        mein name ist, ich heiße, ich heisse, ich wohne in der, ich wohne am, meine adresse ist,
        meine telefonnummer ist,
        meine nummer ist, meine e mail ist, meine mailadresse ist, mein passwort ist, geboren am, ich bin geboren,
        meine kundennummer ist, meine bestellnummer ist, meine kontonummer ist, meine diagnose ist, ich verdiene
        """,
        """
        mon nom est, je m appelle, j habite au, mon adresse est, mon numéro est, mon numéro de téléphone est,
        mon mot de passe est, je suis né, je suis née, mon numéro de commande est, mon numéro de client est, je gagne
        """,
        """
        mi nombre es, me llamo, vivo en la calle, mi dirección es, mi teléfono es, mi correo es, mi contraseña es,
        nací el, mi número de pedido es, mi número de cliente es, mi número de cuenta es
        """,
        """
        mi chiamo, il mio nome è, abito in via, il mio indirizzo è, il mio numero è, la mia password è, la mia email è,
        sono nato il, sono nata il, il mio numero d ordine è
        """,
        """
        meu nome é, me chamo, chamo me, moro na rua, meu endereço é, meu telefone é, meu email é, minha senha é,
        nasci em,
        o meu nome é, meu número de pedido é
        """,
        """
        mijn naam is, ik heet, ik woon op, mijn adres is, mijn telefoonnummer is, mijn e mail is, mijn wachtwoord is,
        geboren op, mijn klantnummer is, mijn bestelnummer is
        """,
    ]

    private static let states = [
        """
        where is my, wheres my, where s my, where are my, what is my, whats my, what s my, what are my, when is my,
        when will my, when does my, why is my, why was my, why has my, why did my, has my, did my, show me my, show my,
        list my, tell me my, check my, look up my, status of my, state of my, how much do i owe, how much have i,
        do i have, do i owe, am i, have i, did i, was i, my balance, my account balance, my last, my latest, my next,
        my recent, my current, my upcoming
        """,
        """
        wo ist mein, wo ist meine, wo sind meine, wo bleibt mein, wo bleibt meine, was ist mein, wie hoch ist mein,
        wie hoch ist meine, wann kommt mein, wann kommt meine, wann wird mein, wann wird meine, warum ist mein,
        warum wurde mein, wurde mein, wurde meine, zeig mir mein, zeig mir meine, zeige mir mein, zeige mir meine,
        status meiner, status meines, stand meiner, stand meines, mein kontostand, meinen kontostand, meine letzte,
        meinen letzten, meine nächste, meinen nächsten, habe ich, bin ich, schulde ich
        """,
        """
        où est mon, où est ma, où sont mes, quel est mon, quelle est ma, quand arrive mon, quand arrive ma,
        pourquoi mon,
        pourquoi ma, montre moi mon, montre moi ma, montre moi mes, montrez moi mes, statut de mon, statut de ma,
        état de mon, état de ma, mon solde, ma dernière, mon dernier, ma prochaine, mon prochain, ai je, suis je,
        est ce que j ai
        """,
        """
        dónde está mi, dónde están mis, donde esta mi, cuál es mi, cual es mi, cuándo llega mi, cuando llega mi,
        por qué mi, muéstrame mi, muéstrame mis, estado de mi, mi saldo, mi último, mi última, mi próximo, mi próxima,
        cuánto debo
        """,
        """
        dov è il mio, dov è la mia, dove sono i miei, dove sono le mie, qual è il mio, qual è la mia,
        quando arriva il mio,
        quando arriva la mia, stato del mio, stato della mia, il mio saldo, mio ultimo, mia ultima, mio prossimo,
        mia prossima, mostrami il mio, mostrami i miei, quanto devo
        """,
        """
        onde está meu, onde está o meu, onde está minha, onde está a minha, qual é meu, qual é o meu, qual é a minha,
        quando chega meu, quando chega o meu, quando chega a minha, status do meu, status da minha, estado do meu,
        meu saldo, meu último, minha última, meu próximo, minha próxima, quanto devo
        """,
        """
        waar is mijn, waar blijft mijn, waar zijn mijn, wat is mijn, wanneer komt mijn, waarom is mijn, status van mijn,
        toon mijn, laat mijn, mijn saldo, mijn laatste, mijn volgende, heb ik, ben ik
        """,
    ]

    private static let rights = [
        "do i have to, do i have the right, am i allowed, am i able, am i required, am i entitled, have i got to",
        "habe ich anspruch, habe ich das recht, bin ich verpflichtet, bin ich berechtigt",
        "ai je le droit, ai je besoin, suis je obligé, suis je obligée",
        "heb ik nodig, heb ik recht, ben ik verplicht",
    ]

    private static let procedures = [
        """
        how do i, how do you, how can i, how could i, how should i, how would i, how to, can i, could i, may i,
        is it possible, where can i, where do i, what should i do, what do i do, what happens if, what if, how long does
        """,
        "wie kann ich, wie mache ich, wie kann man, wo kann ich, wo finde ich, kann ich, was passiert wenn, was tun",
        "comment, puis je, où puis, que faire, est il possible", "cómo, puedo, qué pasa si, qué hago, es posible",
        "come, posso, cosa succede, è possibile", "como, posso, o que acontece, é possível",
        "hoe kan, hoe moet, kan ik, waar kan ik, wat gebeurt, wat als",
    ]
}
