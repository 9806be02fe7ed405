package import GatewayCore

extension GatewayError {
    /// What a client is told when no target is left: names the rules, but neither targets nor places.
    package static func noCompliantTarget(_ rejections: [Rejection], model: String) -> GatewayError {
        var codes: [String] = []
        for code in rejections.map(\.code) where !codes.contains(code) { codes.append(code) }
        return GatewayError(
            .noCompliantTarget,
            "none of the \(rejections.count) targets of '\(model)' may take this request "
                + "(\(codes.joined(separator: ", ")))",
            parameter: "model")
    }
}
