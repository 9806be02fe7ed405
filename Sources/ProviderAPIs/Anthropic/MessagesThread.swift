internal import GatewayCore

/// Conversations that the provider keeps, so that a client sends only what is new: no other dialect has them.
enum MessagesThread {
    /// The member of a request that begins one or goes on with one.
    static let name = "thread"

    /// - Throws: `invalidRequest` for a request that only its own provider can answer: what a translation would leave
    ///   out is the conversation itself.
    static func refuse(_ root: JSONElement) throws(GatewayError) {
        guard let thread = root[name], !thread.isNull else { return }
        throw GatewayError(
            .invalidRequest, "the provider of this model keeps no conversations: send all messages, without 'thread'",
            parameter: name)
    }

    /// The member of an error that tells the SDKs to send the whole conversation instead.
    static func writeDetails(to json: inout JSONWriter) {
        json.object("details") { json in
            json.member("error_code", "thread_unsupported_request")
            json.array("unsupported") { $0.string(name) }
        }
    }
}
