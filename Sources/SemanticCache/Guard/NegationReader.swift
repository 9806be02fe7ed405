/// Finds the negations of a text and what each of them touches.
enum NegationReader {
    /// How far behind a negator its word may stand.
    private static let reach = 6

    static func read(_ tokens: [GuardToken], language: LanguageSet) -> [Negation] {
        guard !language.isEmpty else { return [] }
        var negations: [Negation] = []
        // Until where second halves ("ne … pas", "neither … nor") belong to the negation before them.
        var absorbedUntil = -1
        for index in tokens.indices where tokens[index].kind == .word {
            let role = tokens[index].role
            guard role.negator != .none, role.negatorLanguages.contains(language) else { continue }
            let isSecond = role.negator == .secondHalf || role.negator == .onlyHalf
            if isSecond, index <= absorbedUntil { continue }
            let opens = role.negator == .opener || language == .spanish && role.negator == .no
            if opens { absorbedUntil = clauseEnd(tokens, from: index) }
            guard role.negator != .onlyHalf, !isIdle(tokens, index, language) else { continue }
            let (focus, isIgnorance) = focus(tokens, of: index)
            negations.append(
                Negation(focus: focus, isInability: isInability(tokens, index), isIgnorance: isIgnorance))
        }
        return negations
    }

    private static func clauseEnd(_ tokens: [GuardToken], from index: Int) -> Int {
        var end = index + 1
        while end < tokens.count, tokens[end].kind != .boundary, end - index <= reach {
            end += 1
        }
        return end - 1
    }

    /// Negators that negate nothing: polite and rhetorical forms, answers, "or not", "not only", "no. 5".
    private static func isIdle(_ tokens: [GuardToken], _ index: Int, _ language: LanguageSet) -> Bool {
        let role = tokens[index].role
        let startsClause = index == 0 || tokens[index - 1].kind == .boundary
        let next = index + 1 < tokens.count ? tokens[index + 1] : .boundary
        switch role.negator {
        case .auxiliary, .inability:
            // "Can't I pay by card?" and ", isn't it?" ask for a yes. "Why can't I" complains, and counts.
            let tagged = next.role.isPronoun && (index + 2 >= tokens.count || tokens[index + 2].kind == .boundary)
            let hasSubject = index > 0 && tokens[index - 1].role.isPronoun
            return next.role.isPronoun && (startsClause || tagged && !hasSubject)
        case .not:
            if next.role.isOnly { return true }
            let previous = index > 0 ? tokens[index - 1] : .boundary
            return next.kind == .boundary && (previous.role.isOr || previous.role.isWhy || previous.role.isIf)
        case .no:
            if next.kind == .number { return true }
            // "No, thanks", "yes or no", "invoice no. 5".
            if next.kind == .boundary { return true }
            // "That is all, no please."
            if next.role.isFunction, index + 2 >= tokens.count || tokens[index + 2].kind == .boundary { return true }
            // "no that isn't it": an answer before the sentence.
            return language == .english && startsClause && next.role.isPronoun
        case .plain: return next.role.isMind
        default: return false
        }
    }

    /// "I can't", "I cannot", "I could not", "I'm unable": the asker says so of himself.
    private static func isInability(_ tokens: [GuardToken], _ index: Int) -> Bool {
        let previous = index > 0 ? tokens[index - 1] : .boundary
        switch tokens[index].role.negator {
        case .inability: return previous.role.isFirstPerson
        case .unable: return true
        case .not: return previous.role.isCan && index > 1 && tokens[index - 2].role.isFirstPerson
        default: return false
        }
    }

    /// The content word that a negation touches: the next of its clause, or else the last before it.
    private static func focus(_ tokens: [GuardToken], of index: Int) -> (stem: UInt32, isIgnorance: Bool) {
        var next = index + 1
        while next < tokens.count, next - index <= reach, tokens[next].kind != .boundary {
            if tokens[next].isContent { return (tokens[next].stem, tokens[next].role.isKnow) }
            next += 1
        }
        var before = index - 1
        while before >= 0, tokens[before].kind != .boundary {
            if tokens[before].isContent { return (tokens[before].stem, false) }
            before -= 1
        }
        return (0, false)
    }
}
