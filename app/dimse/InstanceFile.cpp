#include "app/dimse/InstanceFile.h"
#include "core/base/Oid.h"
#include "core/imaging/decode/DataSet.h"
#include "core/imaging/decode/Tags.h"
#include "core/imaging/dimse/Errors.h"

#include <QtEndian>

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace naru::dimse {

namespace errors = imaging::dimse::errors;

namespace {
void put(QByteArray &out, quint16 element, const char *vr, QByteArray value)
{
    if (value.size() % 2)
        value += qstrcmp(vr, "UI") == 0 ? '\0' : ' ';
    char number[2];
    out += QByteArray("\x02\x00", 2);
    qToLittleEndian(element, number);
    out.append(number, 2);
    out += vr;
    if (qstrcmp(vr, "OB") == 0) {
        char length[4];
        qToLittleEndian(quint32(value.size()), length);
        out += QByteArray(2, '\0') + QByteArray(length, 4);
    } else {
        qToLittleEndian(quint16(value.size()), number);
        out.append(number, 2);
    }
    out += value;
}

QByteArray metaHeader(const Command &command, const QByteArray &syntax, const QByteArray &sender)
{
    QByteArray body;
    put(body, 0x0001, "OB", QByteArray("\x00\x01", 2));
    put(body, 0x0002, "UI", command.affectedClass);
    put(body, 0x0003, "UI", command.affectedInstance);
    put(body, 0x0010, "UI", syntax);
    put(body, 0x0012, "UI", base::oid("naruImplementation").text().toLatin1());
    put(body, 0x0013, "SH", "NARU_" NARU_VERSION);
    put(body, 0x0016, "AE", sender);
    char length[4];
    qToLittleEndian(quint32(body.size()), length);
    QByteArray out(128, '\0');
    out += "DICM";
    put(out, 0x0000, "UL", QByteArray(length, 4));
    return out + body;
}
} // namespace

base::Result<std::unique_ptr<InstanceFile>> InstanceFile::make(
    const Command &command, const QByteArray &syntax, const QByteArray &sender, qint64 limit)
{
    auto file = std::make_unique<InstanceFile>();
    file->m_memory = imaging::wire::Descriptor(::memfd_create("instance", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!file->m_memory.valid())
        return errors::TooLarge;
    const QByteArray head = metaHeader(command, syntax, sender);
    file->m_limit = limit + head.size();
    NARU_TRY(file->append(head.constData(), head.size()));
    file->m_begin = file->m_size;
    return file;
}

base::Status InstanceFile::append(const char *data, qsizetype size)
{
    if (size > m_limit - m_size)
        return errors::TooLarge;
    while (size > 0) {
        const ssize_t written = ::write(m_memory.get(), data, std::size_t(size));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return errors::TooLarge;
        data += written;
        size -= written;
        m_size += written;
    }
    return {};
}

bool InstanceFile::isWhole(const Command &command, const QByteArray &syntax) const
{
    if (syntax == base::oid("tsDeflated").text().toLatin1())
        return m_size > m_begin; // whoever keeps it inflates it
    const imaging::Encoding encoding{syntax != base::oid("tsImplicitLE").text().toLatin1(),
        syntax == base::oid("tsExplicitBE").text().toLatin1()};
    const auto source = std::make_shared<const imaging::ByteSource>(m_memory.get());
    const auto set =
        imaging::DataSet::read(source, m_begin, m_size, encoding, std::make_shared<imaging::ReadBudget>());
    return set && !set->truncated()
        && set->ascii(imaging::tag::SopUid).toLatin1() == command.affectedInstance;
}

bool InstanceFile::seal()
{
    return ::fcntl(m_memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL)
        == 0;
}

} // namespace naru::dimse
