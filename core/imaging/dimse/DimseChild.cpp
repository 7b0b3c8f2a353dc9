#include "core/imaging/dimse/DimseChild.h"
#include "core/imaging/dimse/DimseProtocol.h"
#include "core/imaging/dimse/Errors.h"
#include "core/imaging/pool/SharedMemory.h"

#include <QFile>
#include <QFileInfo>

#include <array>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace naru::imaging::dimse {

namespace {
using Clock = std::chrono::steady_clock;
constexpr int StartSeconds = 20;
constexpr qint64 MostPem = 1 << 20;

base::Error programError(const char *what)
{
    return base::Error(errors::Program, {}, {{QStringLiteral("what"), QString::fromLatin1(what)}});
}
} // namespace

base::Status Child::start(const QString &program, const Limits &limits, QCborMap setup,
    const std::vector<int> &descriptors, const base::WorkContext &work)
{
    // Without TCP_NODELAY each C-STORE waits for a delayed acknowledgement (44 ms); read when a connection
    // opens.
    const ChildProgram child{program.isEmpty() ? helperProgram("naru-dimse") : program,
        {QByteArray::number(limits.memory), QByteArray::number(limits.instanceBytes)}, {"TCP_NODELAY=1"},
        "NARU_DIMSE_STDERR"};
    if (!m_stop.valid() || !m_process.start(child))
        return programError("naru-dimse");
    setup.insert(qint64(protocol::Verb), int(protocol::Setup));
    NARU_TRY(send(setup, descriptors));
    NARU_ASSIGN(const wire::Message ready, next(StartSeconds, "start", work));
    if (ready.map.value(qint64(protocol::Verb)).toInteger() != protocol::Ready) {
        kill();
        return childError(ready.map);
    }
    if (ready.map.value(qint64(protocol::Version)).toInteger() != protocol::CurrentVersion) {
        kill();
        return programError("version");
    }
    return {};
}

base::Status Child::send(const QCborMap &message, const std::vector<int> &descriptors)
{
    if (!running() || !wire::send(m_process.socket(), message, descriptors))
        return failure(wire::Got::Closed, 0, "send");
    return {};
}

base::Error Child::failure(wire::Got got, int seconds, const char *step)
{
    kill();
    const QString where = QLatin1String(step);
    if (got == wire::Got::Stopped)
        return base::Error(errors::Stopped);
    if (got == wire::Got::Timeout)
        return base::Error(errors::Timeout, {},
            {{QStringLiteral("step"), where}, {QStringLiteral("seconds"), QString::number(seconds)}});
    if (where == QLatin1String("start"))
        return programError("no answer");
    return base::Error(errors::Crashed, {}, {{QStringLiteral("step"), where}});
}

base::Result<wire::Message> Child::next(int seconds, const char *step, const base::WorkContext &work)
{
    if (!running())
        return failure(wire::Got::Closed, 0, step);
    const auto armed = m_stop.armed(work);
    wire::Message message;
    const wire::Got got = wire::receive(m_process.socket(), message, protocol::MaximumMessage,
        Clock::now() + std::chrono::seconds(seconds), m_stop.descriptor());
    if (got != wire::Got::Message)
        return failure(got, seconds, step);
    return message;
}

base::Error childError(const QCborMap &answer)
{
    static constexpr std::array known{errors::Tcp, errors::Tls, errors::Rejected, errors::Context,
        errors::Status, errors::Timeout, errors::Aborted, errors::Lost, errors::Garbage, errors::TooLarge,
        errors::NotKept, errors::Credentials, errors::Invalid, errors::OurTitle, errors::ItsTitle,
        errors::Busy, errors::Destination};
    const QString id = answer.value(qint64(protocol::ErrorCode)).toString();
    const QCborMap arguments = answer.value(qint64(protocol::ErrorArguments)).toMap();
    for (const base::ErrorCode &code : known) {
        if (id != QLatin1String(code.id))
            continue;
        base::Error error(code);
        for (auto it = arguments.cbegin(); it != arguments.cend() && error.arguments.size() < 8; ++it)
            error.with(it.key().toString().left(32), it.value().toString().left(200));
        return error;
    }
    return base::Error(errors::Crashed);
}

base::Result<std::vector<wire::Descriptor>> openCredentials(const Credentials &credentials)
{
    const auto read = [](const QString &path) -> base::Result<QByteArray> {
        QFile file(path);
        if (path.isEmpty() || !file.open(QIODevice::ReadOnly) || file.size() > MostPem)
            return base::Error(
                errors::Credentials, {}, {{QStringLiteral("what"), QFileInfo(path).fileName()}});
        return file.read(MostPem);
    };
    NARU_ASSIGN(const QByteArray certificate, read(credentials.certificate));
    NARU_ASSIGN(const QByteArray key, read(credentials.key));
    NARU_ASSIGN(const QByteArray authorities, read(credentials.authorities));
    std::vector<wire::Descriptor> out;
    for (const QByteArray &pem : {certificate + '\n' + key, authorities}) {
        NARU_ASSIGN(const int descriptor, descriptorOf(pem));
        out.emplace_back(descriptor);
        ::lseek(descriptor, 0, SEEK_SET);
    }
    return out;
}

base::Result<Received> mapInstance(wire::Message &message)
{
    const auto text = [&message](protocol::Key key) { return message.map.value(qint64(key)).toString(); };
    Received out;
    out.sopClass = text(protocol::SopClass);
    out.sopUid = text(protocol::SopUid);
    out.transferSyntax = text(protocol::Syntax);
    out.callingAe = text(protocol::CallingAe);
    const qint64 size = message.map.value(qint64(protocol::Size)).toInteger(-1);
    const base::Error bad(errors::Crashed);
    if (message.descriptors.size() != 1 || size <= 0 || !validUid(out.sopClass) || !validUid(out.sopUid)
        || !validUid(out.transferSyntax) || !validAeTitle(out.callingAe))
        return bad;
    const int descriptor = message.descriptors.front().get();
    constexpr int Sealed = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    const int seals = ::fcntl(descriptor, F_GET_SEALS);
    // Memory that the child could still shrink or change would be a trap for whoever reads it.
    if (seals < 0 || (seals & Sealed) != Sealed || ::lseek(descriptor, 0, SEEK_END) != size)
        return bad;
    void *memory = ::mmap(nullptr, std::size_t(size), PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (memory == MAP_FAILED)
        return bad;
    out.memory = std::shared_ptr<void>(memory, [size](void *p) { ::munmap(p, std::size_t(size)); });
    out.part10 = QByteArray::fromRawData(static_cast<const char *>(memory), qsizetype(size));
    return out;
}

} // namespace naru::imaging::dimse
