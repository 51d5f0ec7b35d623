package org.countyhub.imaging.filmweb;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** What pages say, in the language of whoever reads them. */
record Words(
        String language,
        String title,
        String opening,
        String idLastFour,
        String code,
        String open,
        String wrong,
        String locked,
        String unknown,
        String ended,
        String slow,
        String again,
        String offline,
        String images,
        String openImages,
        String report,
        String noReport,
        String reportsAway,
        String conclusion,
        String issued,
        String document,
        String reportPdf,
        String print,
        String askOriginals,
        String asked,
        String originals,
        String preview,
        String validUntil,
        String otherLanguage,
        String otherLanguageCode) {
    static final Words CHINESE = new Words(
            "zh-CN",
            "影像与报告",
            "正在打开…",
            "请输入患者身份证号码的最后四位",
            "请输入医院提供的验证码",
            "打开",
            "不正确，剩余次数：",
            "错误次数过多，链接已锁定，请联系医院。",
            "此链接无效。请重新扫描二维码，或联系医院。",
            "此链接已失效。如仍需查看，请联系医院重新生成。",
            "尝试过于频繁，请稍后再试。",
            "请重新扫描二维码打开。",
            "网络不可用，请稍后再试。",
            "幅图像",
            "查看全部图像",
            "报告",
            "报告尚未签发。",
            "暂时无法读取报告，请稍后再试。",
            "结论",
            "签发时间",
            "打开报告文档（PDF）",
            "本报告的 PDF",
            "打印本页",
            "申请原始影像",
            "已提交申请，医院将与您联系。",
            "下载原始影像（DICOM，ZIP 压缩包）",
            "预览图，不用于诊断",
            "有效期至",
            "English",
            "en");

    static final Words ENGLISH = new Words(
            "en",
            "Images and report",
            "Opening…",
            "Enter the last four characters of the patient's identity number",
            "Enter the code that the hospital has given you",
            "Open",
            "Not right; attempts left: ",
            "Too many wrong attempts: the link is locked. Please ask the hospital.",
            "This link is not valid. Scan the QR code again, or ask the hospital.",
            "This link has ended. If you still need it, ask the hospital for a new one.",
            "Too many attempts. Please try again later.",
            "Please scan the QR code again.",
            "The network is not available. Please try again later.",
            "images",
            "Open all images",
            "Report",
            "The report is not signed yet.",
            "The report cannot be read at the moment. Please try again later.",
            "Conclusion",
            "Issued",
            "Open the report document (PDF)",
            "This report as PDF",
            "Print this page",
            "Ask for the original images",
            "The hospital has your request and will contact you.",
            "Download the original images (DICOM, in a ZIP file)",
            "Preview, not for diagnosis",
            "Valid until",
            "中文",
            "zh");

    /** The language alone, without a country: zh or en. */
    String tongue() {
        return language.substring(0, 2);
    }

    /** By the parameter lang, else by Accept-Language; Chinese where nothing is said. */
    static Words of(HttpServletRequest request) {
        String asked = request.getParameter("lang");
        String header = request.getHeader("Accept-Language");
        String language = asked != null ? asked : header == null ? "zh" : header;
        return language.strip().toLowerCase(Locale.ROOT).startsWith("zh") || language.isBlank() ? CHINESE : ENGLISH;
    }
}
