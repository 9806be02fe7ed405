/// Elementary functions on eight floats at a time, made of multiplications and additions only, so that the compiler
/// keeps them in vector registers on the baseline processor (which has no fused multiply-add).
///
/// The polynomials are minimax fits made for this file (weighted least squares, reweighted until the error is level);
/// the tests compare every function with the C library's in double precision.
enum SIMDMath {
    typealias Lanes = SIMD8<Float>

    /// 2ˣ for x in -126...127, relative error below 1.2e-7. Values outside are taken as the nearer bound.
    @inline(__always)
    static func exp2(_ value: Lanes) -> Lanes {
        var x = value
        x.replace(with: -126, where: x .< -126)
        x.replace(with: 127, where: x .> 127)
        // Adding 1.5 · 2²³ leaves the nearest integer in the low bits of the sum: a rounding without SSE 4.1.
        let magic: Float = 12_582_912
        let shifted = x + magic
        let fraction = x - (shifted - magic)
        let exponent = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &<< 23
        var power = fraction * 0.000_153_458_074_984_140_84 + 0.001_339_993_118_290_403
        power = power * fraction + 0.009_618_488_973_857_156
        power = power * fraction + 0.055_503_287_770_780_806
        power = power * fraction + 0.240_226_468_904_793_88
        power = power * fraction + 0.693_147_205_737_197_2
        power = power * fraction + 1
        // The integer part goes straight into the exponent field.
        return unsafeBitCast(unsafeBitCast(power, to: SIMD8<Int32>.self) &+ exponent, to: Lanes.self)
    }

    /// eˣ, with the limits of `exp2`.
    @inline(__always)
    static func exp(_ value: Lanes) -> Lanes {
        exp2(value * 1.442_695_040_888_963_4)
    }

    /// The error function, absolute error below 1e-7.
    ///
    /// Computed as 1 - 2⁻ʰ with h = -log₂(erfc |x|), a smooth function that a polynomial fits well; the rounding of h
    /// then weighs only as much as erfc itself. Beyond 4 the result is ±1 (erfc(4) is 1.5e-8).
    @inline(__always)
    static func erf(_ value: Lanes) -> Lanes {
        let signBit = SIMD8<UInt32>(repeating: 0x8000_0000)
        let bits = unsafeBitCast(value, to: SIMD8<UInt32>.self)
        var x = unsafeBitCast(bits & ~signBit, to: Lanes.self)
        x.replace(with: 4, where: x .> 4)
        var h = x * -0.000_011_604_801_161_370_692 + 0.000_152_964_284_634_151_34
        h = h * x - 0.000_848_234_119_542_482_2
        h = h * x + 0.002_274_785_106_118_726_7
        h = h * x - 0.000_084_804_938_881_371_67
        h = h * x - 0.027_724_476_243_245_668
        h = h * x + 0.148_307_911_014_097_13
        h = h * x + 0.918_442_900_545_271
        h = h * x + 1.627_907_267_224_962_6
        let magnitude = 1 - exp2(-(h * x))
        return unsafeBitCast(unsafeBitCast(magnitude, to: SIMD8<UInt32>.self) | (bits & signBit), to: Lanes.self)
    }

    /// x · Φ(x), the exact form of GELU (Hendrycks and Gimpel 2016) and not its tanh approximation.
    @inline(__always)
    static func gelu(_ x: Lanes) -> Lanes {
        let half = x * 0.5
        return half + half * erf(x * 0.707_106_781_186_547_5)
    }

    @inline(__always)
    static func load(_ pointer: UnsafePointer<Float>, _ offset: Int) -> Lanes {
        UnsafeRawPointer(pointer + offset).loadUnaligned(as: Lanes.self)
    }

    @inline(__always)
    static func store(_ lanes: Lanes, _ pointer: UnsafeMutablePointer<Float>, _ offset: Int) {
        UnsafeMutableRawPointer(pointer + offset).storeBytes(of: lanes, as: Lanes.self)
    }

    /// The last `count` < 8 floats, with `filler` in the lanes behind them.
    static func loadTail(_ pointer: UnsafePointer<Float>, _ offset: Int, count: Int, filler: Float) -> Lanes {
        var lanes = Lanes(repeating: filler)
        for lane in 0..<count { lanes[lane] = pointer[offset + lane] }
        return lanes
    }

    static func storeTail(_ lanes: Lanes, _ pointer: UnsafeMutablePointer<Float>, _ offset: Int, count: Int) {
        for lane in 0..<count { pointer[offset + lane] = lanes[lane] }
    }
}
