import GatewayConfig

/// A configuration of the gateway that is measured apart.
struct GatewayProfile: Sendable {
    /// The tiers of the cache that answer.
    enum Cache: String, Sendable { case off, exact, semantic }

    var cache = Cache.off
    /// Callers need a key.
    var hasKeys = false
    /// Answers are kept in the process too.
    var isHot = false
    /// Memory for the vectors of texts that were embedded once, as the configuration writes it.
    var memo = "0"
    var encoderThreads = 1
    /// The database of Redis: what one profile writes, the mirrors of others need not follow.
    var database = 0
    var ttl = Duration.seconds(24 * 3600)

    static let clientKey = "bench-client-key"

    /// What each of our servers is set to.
    static let all: [ServerName: GatewayProfile] = [
        .passing: GatewayProfile(),
        .keyed: GatewayProfile(hasKeys: true),
        .exact: GatewayProfile(cache: .exact, database: 1),
        .hot: GatewayProfile(cache: .exact, isHot: true, database: 3),
        .full: GatewayProfile(cache: .semantic, memo: "64MiB", database: 2),
        .semantic: GatewayProfile(cache: .semantic),
        .remembering: GatewayProfile(cache: .semantic, memo: "64MiB"),
        // Small and short, so that everything bounded is full within minutes and what grows then is a leak.
        .soak: GatewayProfile(cache: .semantic, memo: "8MiB", ttl: .seconds(60)),
        .wide: GatewayProfile(cache: .semantic, encoderThreads: 2),
    ]

    /// The lines of `cache` that keep answers in the process, or keep it from doing so.
    static func hotLines(_ isHot: Bool) -> String { "  l1_staleness: \(isHot ? "60s" : "0s")\n" }

    /// - Parameter knowsHot: whether this build has answers in the process.
    func text(_ place: GatewayPlace, knowsHot: Bool) -> String {
        // Timeouts are long: on a busy machine a late answer should show as latency, not as a miss.
        """
        server: {port: \(place.port)}
        log: {level: notice}
        redis: {url: "redis://127.0.0.1:\(place.redisPort)/\(database)", command_timeout: 1s}
        cache:
          mode: \(cache.rawValue)
          key: "file:\(place.directory)/cache.key"
          ttl: \(ttl.components.seconds)s
          threshold: 0.93
        \(knowsHot ? Self.hotLines(isHot) : "")\
        embedding:
          model_dir: "\(place.modelDirectory)"
          deadline: 5s
          memo_bytes: \(memo)
          threads: \(encoderThreads)
        \(hasKeys ? "tenants: [{id: bench, keys: [\"file:\(place.directory)/client.key\"]}]\n" : "")\
        providers:
          - {name: mock, base_url: "http://127.0.0.1:\(place.mockPort)/v1", allow_private: true}
          - {name: paced, base_url: "http://127.0.0.1:\(place.pacedPort)/v1", allow_private: true}
          - {name: messages, api: anthropic, base_url: "http://127.0.0.1:\(place.mockPort)", allow_private: true}
          - {name: paced-messages, api: anthropic, base_url: "http://127.0.0.1:\(place.pacedPort)", allow_private: true}
          - {name: slow, base_url: "http://127.0.0.1:\(place.slowPort)/v1", allow_private: true}
        routes:
          - {model: \(GatewayLegs.smallModel), threshold: 0.8, targets: [{provider: mock}]}
          - {model: \(GatewayLegs.largeModel), threshold: 0.8, targets: [{provider: mock}]}
          - {model: paced, targets: [{provider: paced}]}
          - {model: \(GatewayLegs.translatedModel), targets: [{provider: messages}]}
          - {model: paced-translated, targets: [{provider: paced-messages}]}
          - {model: slow, targets: [{provider: slow}]}
          - {model: "*", targets: [{provider: mock}]}

        """
    }
}
