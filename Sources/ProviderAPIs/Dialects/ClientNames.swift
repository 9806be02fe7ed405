package import GatewayCore

/// Says of parameters and places what the client calls them: translations know the form between all dialects alone.
package struct ClientNames {
    private let dialect: any ClientDialect
    /// What the client wrote; nil where the conversation holds more than that, or other messages in front of it.
    private let root: JSONElement?
    private let messages: [Message]
    /// Names that are the client's own already.
    private let own: Set<String>

    package init(_ api: ClientAPI, root: JSONElement?, conversation: Conversation) {
        dialect = ClientDialects.dialect(of: api)
        self.root = root
        messages = conversation.messages
        own = Set(conversation.extras.map(\.name))
    }

    /// The names of a list, each once.
    package func names(of parameters: [String]) -> [String] {
        guard !parameters.isEmpty else { return [] }
        let places = places
        var names: [String] = []
        var seen: Set<String> = []
        for parameter in parameters {
            let name = name(of: parameter, places)
            if seen.insert(name).inserted { names.append(name) }
        }
        return names
    }

    /// The same error with the client's name for what is at fault, where it names it and in its words.
    package func naming(_ error: GatewayError) -> GatewayError {
        guard let parameter = error.parameter else { return error }
        let name = name(of: parameter, places)
        if name == parameter { return error }
        var named = GatewayError(
            error.code, error.message.replacing("'\(parameter)'", with: "'\(name)'"), parameter: name,
            retryAfter: error.retryAfter, providerAnswer: error.providerAnswer)
        named.refusal = error.refusal
        named.limit = error.limit
        return named
    }

    private var places: MessagePlaces? { root.flatMap { dialect.places(in: $0).fitting(messages) } }

    private func name(of parameter: String, _ places: MessagePlaces?) -> String {
        if own.contains(parameter) { return parameter }
        if let place = places?.place(of: parameter) { return place }
        let head = parameter.prefix { $0 != "[" && $0 != "." }
        return dialect.name(of: String(head), behind: parameter.dropFirst(head.count), in: root)
    }
}
