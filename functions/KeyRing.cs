using System.Xml.Linq;
using JobMatch.Adapters.Secrets;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace JobMatch.Functions;

/// <summary>Keeps ASP.NET Core's data protection keys in our storage, sealed. The interface is synchronous; it is called at start and every day.</summary>
internal sealed class KeyRing(DataProtectionRows rows) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Task.Run(() => rows.All(CancellationToken.None)).GetAwaiter().GetResult().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => rows.Add(element.ToString(SaveOptions.DisableFormatting), CancellationToken.None)).GetAwaiter().GetResult();
}
