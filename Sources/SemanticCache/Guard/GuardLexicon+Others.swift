extension GuardLexicon {
    /// Languages close to the known ones, told apart so that the Portuguese "no" (in the) is no Spanish negation.
    /// Their negators and number words are unknown: such a text is judged by digits and identifiers alone.
    mutating func addOthers() {
        add(
            """
            não o está onde uma você meu minha como posso em os as do da dos das ao na nas isso eu ele ela são é il \
            che non sono della mio mia gli di come perché anche nel alla het een niet mijn ik hoe kan van voor ook \
            maar naar deze dat
            """
        ) { $0.votes.formUnion(.other) }
    }
}
