import LoadGenerator
import NIOCore

/// The legs of one run, over the servers that are there.
struct GatewayLegs {
    static let smallModel = "similar-small"
    static let largeModel = "similar-large"
    /// Its provider speaks another dialect than its clients.
    static let translatedModel = "translated"
    /// Questions that come again and again to the process that remembers their vectors.
    private static let knownQuestions = 64
    private static let path = "/v1/chat/completions"

    let targets: [ServerName: LoadTarget]

    var all: [GatewayLeg] { (proxies + misses + hits + semanticHits + streams + pacedStreams + slow).compactMap { $0 } }

    private static func refrain(_ outcome: String) -> (name: String, value: String) {
        (name: "x-refrain-cache", value: outcome)
    }

    private var proxies: [GatewayLeg?] {
        [
            leg(.direct, .mock), leg(.nginx, .nginx), leg(.haproxy, .haproxy),
            leg(.passThrough, .passing, expecting: Self.refrain("bypass")),
            leg(
                .keyed, .keyed, expecting: Self.refrain("bypass"),
                headers: [("authorization", "Bearer \(GatewayProfile.clientKey)")]),
            leg(.translated, .passing, Self.translatedModel, expecting: Self.refrain("bypass")),
        ]
    }

    private var misses: [GatewayLeg?] {
        [
            leg(.luaMiss, .nginxLua, expecting: ("x-cache", "miss")),
            leg(.exactMiss, .exact, expecting: Self.refrain("miss")),
            leg(
                .unkeptMiss, .exact, expecting: Self.refrain("miss"), headers: [("cache-control", "no-store")]),
            leg(.fullMiss, .full, expecting: Self.refrain("miss")),
        ]
    }

    private var hits: [GatewayLeg?] {
        let base: @Sendable (Int) -> String = { Questions.base[$0 % Questions.base.count] }
        var redis = leg(.redisGet, .redis)
        redis?.kinds = [.single, .ceiling]
        let legs = [
            leg(.nginxCache, .nginxCache, "equal", expecting: ("x-cache", "HIT"), question: base),
            leg(.luaHit, .nginxLua, "equal", expecting: ("x-cache", "hit"), question: base),
            leg(.exactHit, .exact, "equal", expecting: Self.refrain("hit-exact"), question: base),
            leg(.hotHit, .hot, "equal", expecting: Self.refrain("hit-exact"), question: base),
        ]
        return [redis] + legs.map { leg in
            var leg = leg
            leg?.priming = Questions.base.count
            return leg
        }
    }

    private var semanticHits: [GatewayLeg?] {
        // Each from a part of its own: what another leg has asked, the encoder might remember.
        let part = Questions.rewordings / 4
        let hit = Self.refrain("hit-semantic")
        var known = leg(.semanticKnown, .remembering, Self.largeModel, expecting: hit) {
            Questions.rewording(3 * part + $0 % Self.knownQuestions)
        }
        known?.priming = Self.knownQuestions
        return [
            leg(.semanticSmall, .semantic, Self.smallModel, expecting: hit) { Questions.rewording($0) },
            leg(.semanticLarge, .semantic, Self.largeModel, expecting: hit) { Questions.rewording(part + $0) },
            known,
            leg(.semanticWide, .wide, Self.largeModel, expecting: hit) { Questions.rewording(2 * part + $0) },
        ]
    }

    private var streams: [GatewayLeg?] {
        [
            leg(.streamDirect, .mock, isStream: true), leg(.streamNginx, .nginx, isStream: true),
            leg(.streamHAProxy, .haproxy, isStream: true),
            leg(.streamOurs, .passing, expecting: Self.refrain("bypass"), isStream: true),
            leg(
                .streamTranslated, .passing, Self.translatedModel, expecting: Self.refrain("bypass"), isStream: true),
        ]
    }

    private var pacedStreams: [GatewayLeg?] {
        [
            leg(.pacedDirect, .paced, isStream: true),
            leg(.pacedNginx, .nginx, path: "/paced" + Self.path, isStream: true),
            leg(.pacedHAProxy, .haproxy, path: "/paced" + Self.path, isStream: true),
            leg(.pacedOurs, .passing, "paced", expecting: Self.refrain("bypass"), isStream: true),
            leg(
                .pacedTranslated, .passing, "paced-translated", expecting: Self.refrain("bypass"), isStream: true),
        ].map { leg in
            var leg = leg
            leg?.kinds = [.paced]
            return leg
        }
    }

    private var slow: [GatewayLeg?] {
        [
            leg(.slowDirect, .slow), leg(.slowNginx, .nginx, path: "/slow" + Self.path),
            leg(.slowOurs, .exact, "slow", expecting: Self.refrain("miss")),
        ].map { leg in
            var leg = leg
            leg?.kinds = [.slow]
            return leg
        }
    }

    /// - Returns: nil when the server is not there.
    private func leg(
        _ name: LegName, _ server: ServerName, _ model: String = "any", path: String = Self.path,
        expecting expectation: (name: String, value: String)? = nil, headers: [(name: String, value: String)] = [],
        isStream: Bool = false, question: @escaping @Sendable (Int) -> String = { Questions.unrelated($0) }
    ) -> GatewayLeg? {
        guard let target = targets[server] else { return nil }
        let counter = Counter()
        return GatewayLeg(name: name, server: server, target: target, expectation: expectation) {
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
