import NIOCore

/// One whole answer.
struct LoadAnswer {
    let head: ResponseHead
    let bodyBytes: Int
    let latency: TimeAmount
    let firstByte: TimeAmount
}
