#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

extension StageScore {
    static func squash(_ value: Float) -> Float { tanhf(value) }
}
