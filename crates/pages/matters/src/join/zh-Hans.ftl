## Joining a matter.

join-title = 我也遇到这件事
join-lead = 加入后您也会得到答复，并拿到自己的回执。同一部手机只计一次。
join-send = 我也遇到，拿回执
join-more = 留下称呼和联系方式（可不填）
