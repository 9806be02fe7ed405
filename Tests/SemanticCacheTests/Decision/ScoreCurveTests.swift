import Testing

@testable import SemanticCache

@Suite("The curve of scores")
struct ScoreCurveTests {
    private static var evidence: CalibrationEvidence {
        var evidence = CalibrationEvidence()
        for (bin, right, wrong) in [(20, 1.0, 9.0), (30, 4, 6), (40, 14, 3), (50, 30, 1)] {
            evidence.set(bin, right: right, wrong: wrong)
        }
        return evidence
    }

    @Test("The most probable line, its uncertainty and the bound are those computed elsewhere")
    func posterior() {
        var curve = ScoreCurve()
        curve.fit(Self.evidence)
        // scipy.optimize.minimize on the posterior; covariance from its numerical second derivatives; the bound on a
        // grid of 20,000 ε, which the 36 of the curve come near.
        #expect(abs(curve.intercept - -0.09834556151763127) < 1e-5)
        #expect(abs(curve.slope - 1.0057607243060573) < 1e-5)
        #expect(abs(curve.deviation(3) - 0.5629447874283697) < 1e-4)
        #expect(abs(curve.risk(3, deviations: 0.5) - 0.06863233036538435) < 1e-4)
        #expect(curve.lowerBound(3) <= 0.8377533805179318 + 1e-4)
        #expect(curve.lowerBound(3) > 0.8377533805179318 - 0.01)
    }

    @Test("Fitting again changes nothing, and no evidence brings the prior back")
    func again() {
        var curve = ScoreCurve()
        curve.fit(Self.evidence)
        let first = curve
        curve.fit(Self.evidence)
        #expect(abs(curve.intercept - first.intercept) < 1e-6 && abs(curve.slope - first.slope) < 1e-6)
        curve.fit(CalibrationEvidence())
        #expect(abs(curve.intercept - ScoreCurve().intercept) < 1e-9 && abs(curve.slope - ScoreCurve().slope) < 1e-9)
    }

    @Test("Risk falls with the score, whatever was seen, and never below the lapse")
    func monotone() {
        var evidence = CalibrationEvidence()
        // The opposite of what scores are for.
        evidence.set(20, right: 500, wrong: 0)
        evidence.set(60, right: 0, wrong: 500)
        var curve = ScoreCurve()
        curve.fit(evidence)
        let risks = (0..<ScoreBins.count).map { curve.risk(ScoreBins.centre($0), deviations: 0) }
        #expect(zip(risks, risks.dropFirst()).allSatisfy { $0 >= $1 })
        #expect(ScoreCurve().risk(1000, deviations: 0) >= 0.002)
    }
}
