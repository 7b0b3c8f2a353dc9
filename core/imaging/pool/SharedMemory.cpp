#include "core/imaging/pool/SharedMemory.h"
#include "core/imaging/Errors.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace naru::imaging {

base::Result<std::shared_ptr<SharedMemory>> SharedMemory::make(std::size_t bytes)
{
    const std::shared_ptr<SharedMemory> memory(new SharedMemory);
    memory->m_bytes = bytes;
    memory->m_descriptor = ::memfd_create("frames", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (bytes == 0 || memory->m_descriptor < 0
        || ::ftruncate(memory->m_descriptor, off_t(bytes)) != 0
        // A child that could shrink it would end this process with SIGBUS.
        || ::fcntl(memory->m_descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        return errors::SharedMemory;
    void *mapped = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, memory->m_descriptor, 0);
    if (mapped == MAP_FAILED)
        return errors::SharedMemory;
    memory->m_memory = mapped;
    return memory;
}

SharedMemory::~SharedMemory()
{
    if (m_memory)
        ::munmap(m_memory, m_bytes);
    closeDescriptor();
}

void SharedMemory::closeDescriptor()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

base::Result<int> descriptorOf(const QByteArray &bytes)
{
    const int descriptor = ::memfd_create("source", MFD_CLOEXEC);
    if (descriptor < 0)
        return errors::SharedMemory;
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t written =
            ::write(descriptor, bytes.constData() + done, std::size_t(bytes.size() - done));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            ::close(descriptor);
            return errors::SharedMemory;
        }
        done += written;
    }
    return descriptor;
}

} // namespace naru::imaging
