import GatewayCore
import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("How long answers live")
struct EntryLivesTests {
    private func lives(
        entry: EntryID = Self.middle, volatility: Volatility = .lasting, step: Int? = 0, lives: CacheLives? = nil,
        cacheTTL: Duration = .seconds(1000), ttl: Duration? = nil,
        _ change: (inout FreshnessRules) -> Void = { _ in }
    ) throws -> EntryLives? {
        var rules = FreshnessRules()
        rules.softTimeToLive = .seconds(100)
        rules.longestSoftTimeToLive = .seconds(500)
        change(&rules)
        let request = try SampleRequests.request(lives: lives) { $0.timeToLive = ttl }
        return EntryLives(
            rules, timeToLive: cacheTTL, request: request, entry: entry, volatility: volatility,
            making: step.map { AnswerMaking(took: .seconds(1), step: $0) })
    }

    /// An id whose spread of the life is `hard`, and of the soft life `soft`, both as 0 to 255.
    private static func id(hard: UInt8, soft: UInt8) -> EntryID {
        let bytes = Array(repeating: hard, count: 4) + Array(repeating: soft, count: 4)
            + Array(repeating: UInt8(7), count: 8)
        guard let id = EntryID(bytes: bytes) else { preconditionFailure("16 bytes make an entry's id") }
        return id
    }

    /// Neither longer nor shorter, nearly.
    private static let middle = id(hard: 0, soft: 0x80)

    @Test("Lives are spread by the entry's id: a life only downwards, a soft one to both sides", arguments: [
        (0x00, 0x00, 1000, 90), (0xFF, 0xFF, 900, 110), (0x00, 0xFF, 1000, 110), (0xFF, 0x00, 900, 90),
    ] as [(UInt8, UInt8, Int64, Int64)])
    func spread(hard: UInt8, soft: UInt8, life: Int64, softLife: Int64) throws {
        let found = try #require(try lives(entry: Self.id(hard: hard, soft: soft)))
        #expect(found.life == .seconds(life))
        #expect(found.soft == .seconds(softLife))
    }

    @Test("Over many entries lives fill a tenth below the longest one and a tenth around the soft one, evenly")
    func distribution() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var (hard, soft) = ([Int](repeating: 0, count: 10), [Int](repeating: 0, count: 10))
        for _ in 0..<10_000 {
            let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let entry = try #require(EntryID(bytes: bytes))
            let found = try #require(try lives(entry: entry))
            let (life, softLife) = (found.life / .seconds(1), try #require(found.soft) / .seconds(1))
            #expect(life >= 900 && life <= 1000 && softLife >= 90 && softLife <= 110)
            hard[min(Int((life - 900) / 10), 9)] += 1
            soft[min(Int((softLife - 90) / 2), 9)] += 1
        }
        // Of 10,000 in ten bins 1,000 each, give or take 30: ten times that is never seen.
        #expect((hard + soft).allSatisfy { abs($0 - 1000) < 300 })
    }

    @Test("What was found unchanged is fresh for longer, up to a cap; what has changed for less, and lives less",
          arguments: [
            (0, 1000, 100), (1, 1000, 200), (2, 1000, 400), (3, 1000, 500), (9, 1000, 500), (-1, 500, 50),
            (-2, 250, 25), (-3, 125, 13), (-9, 125, 13),
          ] as [(Int, Int64, Double)])
    func steps(step: Int, life: Int64, soft: Double) throws {
        let found = try #require(try lives(step: step) { $0.jitter = 0 })
        #expect(found.life == .seconds(life))
        #expect(abs(try #require(found.soft) / .seconds(1) - soft) < 1)
    }

    @Test("What has changed is made anew all the same: its soft life shrinks with its life", arguments: [
        (-1, 100, 50), (-2, 50, 25), (-3, 25, 13),
    ] as [(Int, Int64, Double)])
    func shrunk(step: Int, life: Int64, soft: Double) throws {
        let found = try #require(try lives(step: step, cacheTTL: .seconds(200)) { $0.jitter = 0 })
        #expect(found.life == .seconds(life))
        #expect(abs(try #require(found.soft) / .seconds(1) - soft) < 1)
    }

    @Test("A soft life never outgrows the life")
    func outgrown() throws {
        let found = try #require(try lives(step: 3) { rules in
            rules.jitter = 0
            rules.softTimeToLive = .seconds(900)
            rules.longestSoftTimeToLive = .seconds(100_000)
        })
        #expect(found.soft == .seconds(800))
    }

    @Test("A caller may shorten the life and never prolong it, and what it shortened is not made anew", arguments: [
        (nil, 1000, true), (2000, 1000, true), (1000, 1000, true), (500, 500, false),
    ] as [(Int64?, Int64, Bool)])
    func caller(wanted: Int64?, life: Int64, isRefreshed: Bool) throws {
        let found = try #require(try lives(ttl: wanted.map { .seconds($0) }))
        #expect(found.life == .seconds(life))
        #expect((found.soft != nil) == isRefreshed)
    }

    @Test("A route may say otherwise, in all or in part")
    func route() throws {
        let part = CacheLives(timeToLive: .seconds(50), softTimeToLive: nil, staleIfError: nil)
        let short = try #require(try lives(lives: part) { $0.jitter = 0 })
        #expect(short.life == .seconds(50) && short.soft == nil && short.stale == .seconds(3600))
        let whole = CacheLives(timeToLive: .seconds(50), softTimeToLive: .seconds(5), staleIfError: .seconds(7))
        let all = try #require(try lives(lives: whole) { $0.jitter = 0 })
        #expect(all.life == .seconds(50) && all.soft == .seconds(5) && all.stale == .seconds(7))
    }

    @Test("What changes fast lives briefly, and is not kept where the operator says so")
    func volatile() throws {
        let daily = try #require(try lives(volatility: .daily) { rules in
            rules.jitter = 0
            rules.dailyTimeToLive = .seconds(200)
        })
        #expect(daily.life == .seconds(200) && daily.soft == .seconds(100) && daily.stale == .seconds(200))
        let momentary = try #require(try lives(volatility: .momentary) { rules in
            rules.jitter = 0
            rules.momentaryTimeToLive = .seconds(30)
        })
        #expect(momentary.life == .seconds(30) && momentary.soft == nil && momentary.stale == .seconds(30))
        #expect(try lives(volatility: .momentary) { $0.momentaryTimeToLive = .zero } == nil)
    }

    @Test("What no provider was asked for is not made anew")
    func imported() throws {
        #expect(try #require(try lives(step: nil)).soft == nil)
    }
}
