using System.Globalization;
using System.Net;

namespace JobMatch.Sandbox;

/// <summary>Plain pages, in Chinese or English, without script.</summary>
public static class Pages
{
    private const int Listed = 500;

    private static readonly Dictionary<string, (string Zh, string En)> Words = new()
    {
        ["took"] = ("已收下", "taken"),
        ["delivered"] = ("已送达", "delivered"),
        ["refused"] = ("被拒绝", "refused"),
        ["doubled"] = ("回执重复", "receipt sent twice"),
        ["delayed"] = ("回执延迟", "receipt delayed"),
        ["lost"] = ("回执丢失", "receipt lost"),
        ["reply"] = ("回复", "reply"),
    };

    public static bool English(string? lang) => lang?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true;

    public static string Query(string? lang) => English(lang) ? "?lang=en" : "";

    public static IResult Home(bool en) => Page(en, en ? "Sandbox gateway" : "短信沙箱网关", $"""
        <p>{(en ? "It stands in for a vendor of text messages. Nothing leaves this machine: every text ends on a page here, and in the ledger."
                : "代替真实短信供应商。短信不会发出本机：每条短信都在这里的页面和账本中。")}</p>
        <h2>{(en ? "Magic numbers" : "魔术号码")}</h2>
        <p>{(en ? $"Numbers that begin with {Kind.Magic} behave as the next two digits say; the last two are free. Every other number is delivered once."
                : $"以 {Kind.Magic} 开头的号码按随后两位数字表现，末两位任意。其他号码均送达一次。")}</p>
        <table>
        <caption>{(en ? $"Digits after {Kind.Magic}" : $"{Kind.Magic} 之后的数字")}</caption>
        <thead><tr><th scope="col">{(en ? "Digits" : "数字")}</th><th scope="col">{(en ? "What happens" : "结果")}</th><th scope="col">{(en ? "Example" : "示例")}</th><th scope="col">{(en ? "Code" : "代码")}</th></tr></thead>
        <tbody>{string.Concat(Kind.All.Select(kind => $"""<tr><th scope="row">{kind.Digits}</th><td>{(en ? kind.En : kind.Zh)}</td><td><code>{Kind.Magic}{kind.Digits}00</code></td><td>{kind.Code}</td></tr>"""))}</tbody>
        </table>
        <h2>{(en ? "The ledger" : "账本")}</h2>
        <p>{(en ? "One line per happening. Refused without taken: not accepted. Refused after taken: the receipt says failed. Delivered: it reached the handset."
                : "每件事一行。只有 refused：未收下；took 之后又 refused：回执为失败；delivered：已到达手机。")}</p>
        """);

    public static IResult Phones(bool en, string digits, IReadOnlyList<(string Phone, int Messages)> phones) => Page(en, en ? "Phones" : "手机", $"""
        <form method="get" action="/phones">{(en ? """<input type="hidden" name="lang" value="en">""" : "")}
        <label for="phone">{(en ? "Digits of the number" : "号码中的数字")}</label>
        <input id="phone" name="phone" inputmode="tel" autocomplete="off" value="{Safe(digits)}">
        <button>{(en ? "Search" : "查找")}</button></form>
        <p>{(en ? $"{phones.Count} phones" : $"共 {phones.Count} 部手机")}{(phones.Count <= Listed ? "" : en ? $", the first {Listed} are listed" : $"，列出前 {Listed} 部")}</p>
        <ul>{string.Concat(phones.Take(Listed).Select(one => $"""<li><a href="/phones/{one.Phone}{Suffix(en)}">{one.Phone}</a> ({one.Messages})</li>"""))}</ul>
        """);

    public static IResult Phone(bool en, string phone, IReadOnlyList<Message> messages, bool missing) => Page(en, Safe(phone), $"""
        <form method="post" action="/phones/{Uri.EscapeDataString(phone)}/reply{Suffix(en)}">
        <label for="text">{(en ? "Answer as this phone" : "以此手机回复")}</label>
        {(missing ? $"""<p id="error" role="alert">{(en ? "Error: enter an answer, for example 1." : "错误：请输入回复内容，例如 1。")}</p>""" : "")}
        <input id="text" name="text" autocomplete="off" required {(missing ? """aria-invalid="true" aria-describedby="error" """ : "")}>
        <button>{(en ? "Send" : "发送")}</button></form>
        <h2>{(en ? "Texts, newest first" : "短信（最新在前）")}</h2>
        {(messages.Count == 0 ? $"<p>{(en ? "None yet." : "暂无。")}</p>" : "")}
        <ol>{string.Concat(messages.Select(message => Entry(en, message)))}</ol>
        """);

    private static string Entry(bool en, Message message)
    {
        var (at, text, sign) = (message.First.At, Safe(message.First.Text), message.First.Sign is { } name ? $"【{Safe(name)}】" : "");
        var states = string.Join(en ? ", " : "，", message.Happened.Select(what => en ? Words[what].En : Words[what].Zh));
        var parts = message.First.What == "reply" ? "" : en ? $", {message.Parts} part(s)" : $"，计 {message.Parts} 条";
        return $"""
            <li data-what="{message.First.What}"><p class="text">{sign}{text}</p>
            <p><time datetime="{at:O}">{at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}</time> <span class="states">{states}</span>{parts}{(message.Code is { } code ? $" <code>{Safe(code)}</code>" : "")}</p></li>

            """;
    }

    private static IResult Page(bool en, string title, string body) => Results.Content($$"""
        <!DOCTYPE html>
        <html lang="{{(en ? "en" : "zh-CN")}}">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{title}} – {{(en ? "Sandbox gateway" : "短信沙箱网关")}}</title>
        <style>body{font:1rem/1.6 sans-serif;max-width:60rem;margin:0 auto;padding:1rem}table{border-collapse:collapse}th,td{border:1px solid #767676;padding:.3rem .6rem;text-align:left}input{font:inherit}button{font:inherit}.text{white-space:pre-wrap;overflow-wrap:anywhere;margin-bottom:0}</style></head>
        <body>
        <nav aria-label="{{(en ? "Sandbox" : "沙箱")}}"><a href="/{{Suffix(en)}}">{{(en ? "About" : "说明")}}</a> · <a href="/phones{{Suffix(en)}}">{{(en ? "Phones" : "手机")}}</a> · <a href="/ledger">{{(en ? "Ledger" : "账本")}}</a> · {{(en ? """<a href="?lang=zh-CN" hreflang="zh-CN" lang="zh-CN">中文</a>""" : """<a href="?lang=en" hreflang="en" lang="en">English</a>""")}}</nav>
        <main><h1>{{title}}</h1>
        {{body}}
        </main>
        </body>
        </html>
        """, "text/html; charset=utf-8");

    private static string Suffix(bool en) => en ? "?lang=en" : "";
    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
