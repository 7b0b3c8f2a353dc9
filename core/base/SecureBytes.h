// Key material: one owner, never implicitly shared or copied, wiped (OPENSSL_cleanse) when it goes.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <cstddef>
#include <vector>

namespace naru::base {

class SecureBytes {
public:
    SecureBytes() = default;
    explicit SecureBytes(std::size_t size)
        : m_bytes(size)
    {
    }
    explicit SecureBytes(QByteArrayView bytes);
    SecureBytes(SecureBytes &&other) noexcept { swap(other); }
    SecureBytes &operator=(SecureBytes &&other) noexcept
    {
        if (this != &other) { // what was held before must not live on in the other
            swap(other);
            other.wipe();
        }
        return *this;
    }
    SecureBytes(const SecureBytes &) = delete;
    SecureBytes &operator=(const SecureBytes &) = delete;
    ~SecureBytes() { wipe(); }

    SecureBytes clone() const { return SecureBytes(view()); }
    unsigned char *data() { return m_bytes.data(); }
    const unsigned char *data() const { return m_bytes.data(); }
    std::size_t size() const { return m_bytes.size(); }
    bool isEmpty() const { return m_bytes.empty(); }
    QByteArrayView view() const { return {reinterpret_cast<const char *>(data()), qsizetype(size())}; }
    void wipe();

private:
    void swap(SecureBytes &other) noexcept { m_bytes.swap(other.m_bytes); }
    std::vector<unsigned char> m_bytes{};
};

} // namespace naru::base
