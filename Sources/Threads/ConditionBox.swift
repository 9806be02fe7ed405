#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A value behind a pthread mutex with one condition variable. ThreadSanitizer understands pthread locks,
/// which it does not of `Synchronization.Mutex` on Linux.
///
/// Safe because `value` is touched only while `mutex` is held, and the two pthread objects never move.
final class ConditionBox<Value>: @unchecked Sendable {
    private var value: Value
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init(_ value: sending Value) {
        self.value = value
        mutex.initialize(to: pthread_mutex_t())
        condition.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Changes the value under the lock; `wake` releases all waiters after the unlock.
    func update<Result>(_ body: (inout Value) -> (Result, wake: Bool)) -> Result {
        pthread_mutex_lock(mutex)
        let (result, wake) = body(&value)
        pthread_mutex_unlock(mutex)
        if wake { pthread_cond_broadcast(condition) }
        return result
    }

    /// Blocks the calling thread until `isReady`, then takes a result under the same lock.
    func wait<Result>(until isReady: (Value) -> Bool, take: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !isReady(value) { pthread_cond_wait(condition, mutex) }
        return take(&value)
    }
}
