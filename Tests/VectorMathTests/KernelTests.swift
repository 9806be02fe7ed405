import Foundation
import GatewayTesting
import Testing

@testable import VectorMath

@Suite("Kernels")
struct KernelTests {
    @Test("erf is within 1e-7 of the C library's over its whole range")
    func errorFunction() {
        var worst = 0.0
        for step in stride(from: -90_000, through: 90_000, by: 8) {
            let x = SIMD8<Float>((0..<8).map { Float(step + $0) / 10_000 })
            let found = SIMDMath.erf(x)
            for lane in 0..<8 { worst = max(worst, abs(Double(found[lane]) - Foundation.erf(Double(x[lane])))) }
        }
        #expect(worst < 1e-7)
    }

    @Test("exp is within 4e-7 of the C library's, relatively, wherever a float can hold it well")
    func exponential() {
        var worst = 0.0
        for step in stride(from: -87_000, through: 87_000, by: 8) {
            let x = SIMD8<Float>((0..<8).map { Float(step + $0) / 1_000 })
            let found = SIMDMath.exp(x)
            for lane in 0..<8 {
                let expected = Foundation.exp(Double(x[lane]))
                // The argument itself is rounded when it is scaled to base 2.
                let allowed = max(1, abs(Double(x[lane])))
                worst = max(worst, abs(Double(found[lane]) / expected - 1) / allowed)
            }
        }
        #expect(worst < 4e-7)
    }
}
