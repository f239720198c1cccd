## Joining a matter.

join-title = This concerns me too
join-lead = You will be answered too, with a receipt of your own. A device counts once.
join-send = Me too, with a receipt
join-more = Leave name and contact (optional)
