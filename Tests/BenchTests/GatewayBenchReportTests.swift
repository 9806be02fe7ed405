import Testing

@testable import refrain

@Suite struct GatewayBenchReportTests {
    private func report(_ windows: [(LegName, WindowKind, Double)]) -> GatewayBenchReport {
        var report = GatewayBenchReport()
        report.windows = windows.enumerated().map { index, window in
            WindowFigures(leg: window.0, kind: window.1, round: index + 1, requests: 1, p50: window.2)
        }
        return report
    }

    @Test("A figure is the median over the windows of its leg and kind alone")
    func medians() {
        let report = report([
            (.nginx, .single, 100), (.nginx, .single, 900), (.nginx, .single, 120), (.nginx, .half, 5),
            (.haproxy, .single, 7),
        ])
        #expect(report.median(.nginx, .single, \.p50) == 120)
        #expect(report.median(.nginx, .half, \.p50) == 5)
        #expect(report.median(.direct, .single, \.p50) == nil)
        #expect(report.median(.nginx, .single, \.processorTime) == nil, "none of the windows has it")
    }

    @Test("An even number of windows has its median between the two in the middle")
    func evenMedian() {
        #expect(Figure.median([4, 1, 3, 2]) == 2.5)
        #expect(Figure.median([]) == nil)
    }

    @Test("A ratio needs both figures and something to divide by")
    func ratios() {
        let report = report([(.exactHit, .single, 300), (.luaHit, .single, 120), (.nginxCache, .single, 0)])
        #expect(report.ratio(.exactHit, to: .luaHit, .single, \.p50) == 2.5)
        #expect(report.ratio(.exactHit, to: .nginxCache, .single, \.p50) == nil)
        #expect(report.ratio(.exactHit, to: .haproxy, .single, \.p50) == nil)
    }

    @Test("What a leg adds is the difference to its floor and never negative")
    func addition() {
        let report = report([(.direct, .single, 30), (.nginx, .single, 140), (.haproxy, .single, 20)])
        #expect(report.added(.nginx, to: .direct, .single, \.p50) == 110)
        #expect(report.added(.haproxy, to: .direct, .single, \.p50) == 0)
        #expect(report.added(.keyed, to: .direct, .single, \.p50) == nil)
    }

    @Test("Bars of requests are judged by this run's peers: met within the ratio, not met beyond, open without a peer")
    func bars() throws {
        func bar(_ windows: [(LegName, WindowKind, Double)]) throws -> Bar {
            try #require(report(windows).bars.first { $0.goal.hasPrefix("exact hit from Redis, p50") })
        }
        let ours = (LegName.exactHit, WindowKind.single, 160.0)
        #expect(try bar([ours, (.luaHit, .single, 100)]).isMet == true)
        #expect(try bar([ours, (.luaHit, .single, 99)]).isMet == false)
        #expect(try bar([ours]).isMet == nil)
        #expect(try bar([ours]).verdict == "not measured")
    }

    @Test("The bar of a miss compares what is added to the provider's own time")
    func missBar() throws {
        let report = report([(.direct, .single, 50), (.luaMiss, .single, 150), (.exactMiss, .single, 300)])
        let bar = try #require(report.bars.first { $0.goal.hasPrefix("miss with exact cache") })
        #expect(bar.measured == 2.5)
        #expect(bar.isMet == true)
    }

    @Test("The floors of the table are legs that have none themselves")
    func floors() {
        for leg in LegName.allCases {
            #expect(leg.floor?.floor == nil)
            #expect(leg.floor != leg && leg.peer != leg)
        }
    }
}
