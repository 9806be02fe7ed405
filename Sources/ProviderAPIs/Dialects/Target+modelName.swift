package import GatewayCore

extension Target {
    /// Refuses a model's name that would lead to another place than the model's, where names stand in addresses.
    /// - Throws: `invalidRequest`: for an empty segment or one of dots alone, which shorten a path; and for the full
    ///   name of something in an account or project, where it is the client that says the name.
    package func checkModelName() throws(GatewayError) {
        guard isModelInPath else { return }
        let segments = model.split(separator: "/", omittingEmptySubsequences: false)
        let shortens = segments.contains { $0.isEmpty || $0 == "." || $0 == ".." }
        let isForeign = takesClientsModel && (model.hasPrefix("projects/") || model.lowercased().hasPrefix("arn:"))
        guard shortens || isForeign else { return }
        throw GatewayError(
            .invalidRequest, "'model' must be the name of a model of this provider", parameter: "model")
    }

    private var isModelInPath: Bool {
        switch api {
        case .gemini, .vertex, .bedrock: true
        case .azure: place.version != nil
        case .openAI, .compatible, .responses, .anthropic: false
        }
    }
}
