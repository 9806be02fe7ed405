import GatewayCore
package import NIOCore

extension LearnedChoice {
    private static let million = 1_000_000.0

    /// As a JSON object with short keys, for the record of decisions.
    package var record: ByteBuffer {
        return JSONWriter.object { writer in
            write(into: &writer)
            writer.objects("a", of: among) { writer, deployment in writer.member("d", deployment.description) }
        }
    }

    /// The space, the features in ten-thousandths and the chance in millionths.
    func write(into writer: inout JSONWriter) {
        writer.member("s", space)
        writer.member("x", features.record)
        if let chance { writer.member("p", Int((min(max(chance, 0), 1) * Self.million).rounded())) }
    }

    /// Nil for what neither ``record`` nor ``write(into:)`` can have written.
    init?(record: JSONElement) {
        guard let space = record["s"]?.string, let numbers = record["x"], numbers.kind == .array,
            let features = LearningFeatures(record: numbers.elements.compactMap { $0.integer })
        else { return nil }
        var chance: Double?
        if let millionths = record["p"]?.integer {
            guard (1...Int(Self.million)).contains(millionths) else { return nil }
            chance = Double(millionths) / Self.million
        }
        var among: [DeploymentID] = []
        if let targets = record["a"], targets.kind == .array {
            for target in targets.elements {
                guard let name = target["d"]?.string else { return nil }
                among.append(DeploymentID(name))
            }
        }
        self.init(features: features, space: space, chance: chance, among: among)
    }
}
