/** The kind of a batch in the key of a grant for one case. */
export const BATCH_CASE = 'transfer_batch'
