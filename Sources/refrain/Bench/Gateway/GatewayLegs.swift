import LoadGenerator
import NIOCore

/// The legs of one run, over the servers of a stage.
struct GatewayLegs {
    static let smallModel = "similar-small"
    static let largeModel = "similar-large"
    static let exactModel = "equal"

    let mock: LoadTarget
    let paced: LoadTarget
    /// Nil when nginx is not installed.
    let nginx: LoadTarget?
    let refrain: LoadTarget
    /// Entries in the large partition.
    let entries: Int

    var all: [GatewayLeg] { whole + hits + streams + pacedStreams }

    private static let off: [(name: String, value: String)] = [("x-refrain-cache-mode", "off")]

    private var whole: [GatewayLeg] {
        var legs = [leg("direct", .mock, mock, "direct") { Questions.unrelated($0) }]
        if let nginx { legs.append(leg("nginx", .nginx, nginx, "proxied") { Questions.unrelated($0) }) }
        var pass = leg("pass-through", .refrain, refrain, "passed", headers: Self.off) { Questions.unrelated($0) }
        pass.outcome = "bypass"
        var miss = leg("miss, written back", .refrain, refrain, "missed") { Questions.unrelated($0) }
        miss.outcome = "miss"
        return legs + [pass, miss]
    }

    private var hits: [GatewayLeg] {
        var exact = leg("exact hit", .refrain, refrain, Self.exactModel) { Questions.base[$0 % Questions.base.count] }
        exact.outcome = "hit-exact"
        var small = leg("semantic hit, 1,000", .refrain, refrain, Self.smallModel) { Questions.rewording($0) }
        small.outcome = "hit-semantic"
        guard entries > Questions.base.count else { return [exact, small] }
        var large = leg("semantic hit, \(entries)", .refrain, refrain, Self.largeModel) {
            // From the second half: what the other leg has asked, the encoder would remember.
            Questions.rewording($0 + Questions.rewordings / 2)
        }
        large.outcome = "hit-semantic"
        return [exact, small, large]
    }

    private var streams: [GatewayLeg] {
        var legs = [leg("stream direct", .mock, mock, "streamed", isStream: true) { Questions.unrelated($0) }]
        if let nginx {
            legs.append(leg("stream nginx", .nginx, nginx, "streamed", isStream: true) { Questions.unrelated($0) })
        }
        var ours = leg("stream refrain", .refrain, refrain, "streamed", headers: Self.off, isStream: true) {
            Questions.unrelated($0)
        }
        ours.outcome = "bypass"
        return legs + [ours]
    }

    private var pacedStreams: [GatewayLeg] {
        var legs = [leg("paced direct", .mock, paced, "paced", isStream: true) { Questions.unrelated($0) }]
        if let nginx {
            legs.append(
                leg("paced nginx", .nginx, nginx, "paced", path: "/paced/v1/chat/completions", isStream: true) {
                    Questions.unrelated($0)
                })
        }
        var ours = leg("paced refrain", .refrain, refrain, "paced", headers: Self.off, isStream: true) {
            Questions.unrelated($0)
        }
        ours.outcome = "bypass"
        return (legs + [ours]).map { leg in
            var leg = leg
            leg.concurrencies = [16]
            return leg
        }
    }

    private func leg(
        _ name: String, _ server: GatewayLeg.Server, _ target: LoadTarget, _ model: String,
        path: String = "/v1/chat/completions", headers: [(name: String, value: String)] = [], isStream: Bool = false,
        question: @escaping @Sendable (Int) -> String
    ) -> GatewayLeg {
        let counter = Counter()
        return GatewayLeg(name: name, server: server, target: target, isStream: isStream) {
            HTTPRequestBytes.post(
                Self.body(model: model, question: question(counter.next()), isStream: isStream), path: path,
                to: target, headers: headers)
        }
    }

    /// - Parameter question: holds nothing that JSON would escape.
    static func body(model: String, question: String, isStream: Bool = false) -> String {
        "{\"model\":\"\(model)\",\"messages\":[{\"role\":\"user\",\"content\":\"\(question)\"}]"
            + (isStream ? ",\"stream\":true}" : "}")
    }
}
